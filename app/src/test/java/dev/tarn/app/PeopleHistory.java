package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A project with a source of people and a history of them; every run is a day after the one
/// before, the first on the second of May.
record PeopleHistory(TarnShell tarn, ManualClock clock) {
  static final String BY_TIME =
      "/*\nmaterialize: snapshot\nkey: id\nupdated_at: changed_at\n*/\n"
          + "SELECT id, name, changed_at FROM bronze.people";
  static final String BY_RUN =
      "/*\nmaterialize: snapshot\nkey: [id]\n*/\nSELECT id, name FROM ("
          + "SELECT * FROM bronze.people QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1)"
          + " WHERE name <> 'gone'";

  static PeopleHistory in(Path folder) {
    ManualClock clock = ManualClock.at("2026-05-01T00:00:00Z");
    return new PeopleHistory(
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\n")
            .file(
                "sources/people.yml",
                "from: files\npath: data/*.csv\ncolumns: {id: bigint, name: varchar, changed_at: timestamp}\n"),
        clock);
  }

  void model(String text) {
    tarn.file("models/silver/people.sql", text);
  }

  Answer run(String... rows) {
    clock.advance(Duration.ofDays(1));
    if (rows.length > 0) {
      tarn.file(
          "data/" + clock.instant().getEpochSecond() + ".csv",
          "id,name,changed_at\n" + String.join("\n", rows) + "\n");
    }
    return tarn.run("run");
  }

  void runs(String... rows) {
    Answer answer = run(rows);
    assertThat(answer.status()).as(answer.err()).isZero();
  }

  List<String> history() {
    return tarn.rows(
        "SELECT id, name, strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d') FROM silver.people ORDER BY id, valid_from");
  }

  String last(String column) {
    return tarn.rows(
            "SELECT "
                + column
                + " FROM system.steps WHERE \"table\" = 'silver.people' ORDER BY started_at DESC LIMIT 1")
        .getFirst();
  }

  String version() {
    return tarn.rows("SELECT snapshot FROM system.tables WHERE \"table\" = 'silver.people'")
        .getFirst();
  }
}
