package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However rows arrive, a history is what a recompute from all of them at once would be.
class HistoryOrderTest {
  private static final String HEAD =
      "/*\nmaterialize: snapshot\nkey: id\nupdated_at: changed_at\nMORE*/\nSELECT id, name, changed_at FROM bronze.people";
  private static final String VERSIONS =
      "SELECT id, name, changed_at, changed_at AS valid_from, lead(changed_at) OVER (PARTITION BY id ORDER BY changed_at) AS valid_to FROM (SELECT DISTINCT id, name, changed_at FROM bronze.people)";

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-05-01T00:00:00Z");
  private TarnShell tarn;

  @BeforeEach
  void a_project() {
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\n")
            .file(
                "sources/people.yml",
                "from: files\npath: data/*.csv\ncolumns: {id: bigint, name: varchar, changed_at: timestamp}\n");
  }

  private void model(String name, String text) {
    tarn.file("models/silver/" + name + ".sql", text);
  }

  private void run(List<String> rows) {
    clock.advance(Duration.ofHours(1));
    tarn.file(
        "data/" + clock.instant().getEpochSecond() + ".csv",
        "id,name,changed_at\n" + String.join("\n", rows) + "\n");
    Answer answer = tarn.run("run");
    assertThat(answer.status()).as(answer.err()).isZero();
  }

  /// Versions of a few keys, some of them twice, in any order, with few names.
  private static List<String> versions(Random random) {
    Map<String, String> versions = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      LocalDateTime at = LocalDateTime.of(2026, 1, 1, 0, 0).plusHours(random.nextInt(2000));
      versions.put("%d|%s".formatted(random.nextInt(5), at), "n" + random.nextInt(3));
    }
    List<String> rows = new ArrayList<>();
    versions.forEach((which, name) -> {
      String row = which.replace("|", "," + name + ",");
      rows.add(row);
      if (random.nextInt(4) == 0) {
        rows.add(row);
      }
    });
    Collections.shuffle(rows, random);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void versions_in_any_order_come_to_the_same_history(int seed) {
    Random random = new Random(seed);
    model("all_rows", HEAD.replace("MORE", ""));
    model(
        "only_new",
        HEAD.replace("MORE", "deletes: ignore\n")
            + " WHERE _ingested_at = (SELECT max(_ingested_at) FROM bronze.people)");
    model("compared", HEAD.replace("MORE", "compare: name\npartition: month(valid_from)\n"));
    List<String> rows = versions(random);
    while (!rows.isEmpty()) {
      List<String> some = rows.subList(0, Math.min(rows.size(), 1 + random.nextInt(20)));
      run(some);
      some.clear();
    }

    assertThat(differing("silver.all_rows")).containsExactly("0");
    assertThat(differing("silver.only_new")).containsExactly("0");
    assertThat(
            tarn.rows(
                "SELECT count(*) FROM ("
                    + VERSIONS
                    + ") AS e JOIN silver.compared AS c ON"
                    + " c.id = e.id AND c.valid_from <= e.valid_from AND coalesce(c.valid_to > e.valid_from, true)"
                    + " WHERE c.name <> e.name"))
        .containsExactly("0");
    assertThat(
            tarn.rows(
                "SELECT count(*) FROM ("
                    + VERSIONS
                    + ") AS e WHERE (SELECT count(*) FROM silver.compared AS c"
                    + " WHERE c.id = e.id AND c.valid_from <= e.valid_from AND coalesce(c.valid_to > e.valid_from, true)) <> 1"))
        .containsExactly("0");
  }

  private List<String> differing(String table) {
    String kept = "SELECT id, name, changed_at, valid_from, valid_to FROM " + table;
    return tarn.rows(
        "SELECT count(*) FROM ((%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s))"
            .formatted("(" + kept + ")", "(" + VERSIONS + ")"));
  }

  private static final String SEEN =
      "/*\nmaterialize: snapshot\nkey: id\n*/\nSELECT id, name FROM ";

  @Test
  void what_was_seen_at_each_run_is_what_the_history_says_of_that_time() {
    Random random = new Random(4);
    model(
        "newest",
        SEEN + "bronze.people WHERE _ingested_at = (SELECT max(_ingested_at) FROM bronze.people)");
    model(
        "latest",
        SEEN
            + "(SELECT * FROM bronze.people QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1) WHERE name <> 'gone'");
    Map<String, Map<Integer, String>> newest = new TreeMap<>();
    Map<String, Map<Integer, String>> latest = new TreeMap<>();
    Map<Integer, String> known = new TreeMap<>();
    for (int round = 0; round < 9; round++) {
      Map<Integer, String> now = new TreeMap<>(Map.of(99, "always"));
      for (int id = 0; id < 6; id++) {
        if (random.nextInt(3) > 0) {
          now.put(id, random.nextInt(3) == 0 ? "gone" : "n" + random.nextInt(2));
        }
      }
      run(now.entrySet().stream().map(row -> row.getKey() + "," + row.getValue() + ",").toList());
      known.putAll(now);
      known.values().removeIf("gone"::equals);
      newest.put(clock.instant().toString(), now);
      latest.put(clock.instant().toString(), new TreeMap<>(known));
    }

    assertThat(
            tarn.rows(
                "SELECT count(*) FROM system.steps WHERE \"table\" = 'silver.latest' AND reason LIKE 'bronze.people +%'"))
        .containsExactly("8");
    newest.forEach((at, rows) -> assertThat(said("newest", at)).as(at).isEqualTo(lines(rows)));
    latest.forEach((at, rows) -> assertThat(said("latest", at)).as(at).isEqualTo(lines(rows)));
  }

  private List<String> said(String model, String at) {
    assertThat(
            tarn.rows(
                "SELECT count(*) FROM silver.%1$s a JOIN silver.%1$s b ON a.id = b.id AND a.valid_to = b.valid_from AND a.name = b.name"
                    .formatted(model)))
        .containsExactly("0");
    return tarn.rows(
        "SELECT id, name FROM silver.%1$s WHERE valid_from <= '%2$s' AND coalesce(valid_to > '%2$s', true) ORDER BY id"
            .formatted(model, at));
  }

  private static List<String> lines(Map<Integer, String> rows) {
    return rows.entrySet().stream().map(row -> row.getKey() + "," + row.getValue()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void whatever_comes_no_version_goes_and_none_overlaps_another(int seed) {
    Random random = new Random(seed);
    model(
        "mixed",
        HEAD.replace("MORE", seed % 2 == 0 ? "compare: name\n" : "")
            + " WHERE _ingested_at = (SELECT max(_ingested_at) FROM bronze.people) AND id < 99");
    List<String> before = List.of();
    for (int round = 0; round < 8; round++) {
      Map<String, String> now = new TreeMap<>();
      for (int i = random.nextInt(9); i > 0; i--) {
        LocalDateTime at = LocalDateTime.of(2026, 4, 28, 0, 0).plusHours(3L * random.nextInt(30));
        now.put("%d|%s".formatted(random.nextInt(4), at), "n" + random.nextInt(3));
      }
      now.put("99|2026-01-01T00:00:00", "round " + round);
      run(
          now.entrySet().stream()
              .map(row -> row.getKey().replace("|", "," + row.getValue() + ","))
              .toList());
      assertThat(wrong()).as("round " + round).containsExactly("0,0,0,0");
      List<String> after = tarn.rows("SELECT id, name, changed_at, valid_from FROM silver.mixed");
      assertThat(after).as("round " + round).containsAll(before);
      before = after;
      assertThat(tarn.run("run", "--full").status()).isZero();
      assertThat(tarn.rows("SELECT id, name, changed_at, valid_from FROM silver.mixed"))
          .as("round " + round)
          .containsExactlyInAnyOrderElementsOf(before);
    }
  }

  /// How many versions end before they begin, overlap another, are current without being given, or
  /// are given newest without being current.
  private List<String> wrong() {
    return tarn.rows(
        """
        WITH given AS (SELECT DISTINCT id, name, changed_at FROM bronze.people
            WHERE _ingested_at = (SELECT max(_ingested_at) FROM bronze.people) AND id < 99),
          newest AS (SELECT id, arg_max(name, changed_at) AS name, max(changed_at) AS changed_at FROM given GROUP BY id),
          v AS (SELECT *, row_number() OVER () AS n FROM silver.mixed)
        SELECT (SELECT count(*) FROM v WHERE valid_to < valid_from),
          (SELECT count(*) FROM v a JOIN v b ON a.id = b.id AND a.n < b.n
             AND a.valid_from < coalesce(b.valid_to, 'infinity') AND b.valid_from < coalesce(a.valid_to, 'infinity')),
          (SELECT count(*) FROM v WHERE valid_to IS NULL AND id NOT IN (SELECT id FROM given)),
          (SELECT count(*) FROM newest LEFT JOIN v ON v.id = newest.id AND v.valid_to IS NULL
             WHERE v.id IS NULL OR (newest.changed_at >= v.changed_at AND newest.name <> v.name))\
        """);
  }
}
