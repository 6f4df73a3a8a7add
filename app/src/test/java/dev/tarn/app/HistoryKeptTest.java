package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing takes a history away: no full run, no other columns, no other model.
class HistoryKeptTest {
  @TempDir Path folder;
  private PeopleHistory people;

  @BeforeEach
  void a_project() {
    people = PeopleHistory.in(folder);
  }

  @Test
  void a_full_run_keeps_the_history() {
    people.model(PeopleHistory.BY_RUN);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-01-01");
    List<String> before = people.history();

    assertThat(people.tarn().run("plan", "--full").out())
        .contains(
            "history: what changed begins a version at the run's time, what is missing ends; all is compared: a full refresh was asked for");
    assertThat(people.tarn().run("run", "--full").status()).isZero();

    assertThat(people.history()).isEqualTo(before).hasSize(2);
  }

  @Test
  void columns_come_and_go_and_widen_and_the_history_stays() {
    people.model(
        PeopleHistory.BY_TIME.replace(
            "SELECT id, name", "SELECT id::INTEGER AS id, name, 7::INTEGER AS rank"));
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.model(
        PeopleHistory.BY_TIME.replace("SELECT id, name", "SELECT id, name, upper(name) AS loud"));
    assertThat(people.tarn().run("check").status()).isZero();
    people.runs("1,Anna,2026-02-01");

    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT id, name, rank, loud, strftime(valid_from, '%m-%d') FROM silver.people ORDER BY id, valid_from"))
        .containsExactly(
            "1,Ann,7,,01-01", "1,Anna,,ANNA,02-01", "2,Bob,7,,01-01", "2,Bob,,BOB,05-03");
    assertThat(people.tarn().rows("SELECT DISTINCT typeof(id) FROM silver.people"))
        .containsExactly("BIGINT");
    people.model(PeopleHistory.BY_TIME.replace("SELECT id, name", "SELECT id, 1 AS name"));
    assertThat(people.tarn().run("check").err())
        .contains("column 'name' of silver.people is VARCHAR and can't take INTEGER");
  }

  @Test
  void another_partition_writes_the_history_anew_and_loses_nothing() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-02-01");
    people.model(PeopleHistory.BY_TIME.replace("key: id", "key: id\npartition: month(valid_from)"));
    people.runs("1,Anne,2026-03-01");
    people.runs("1,Annie,2026-02-15");

    assertThat(people.history())
        .containsExactly(
            "1,Ann,01-01,02-01", "1,Anna,02-01,02-15", "1,Annie,02-15,03-01", "1,Anne,03-01,");
  }

  @Test
  void an_order_and_partitions_stay_without_the_history_being_written_anew() {
    people.model(
        PeopleHistory.BY_TIME.replace(
            "key: id", "key: id\npartition: month(Valid_From)\nsort: [NAME, id desc]"));
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01", "3,Cid,2026-03-01");
    people.runs("1,Anna,2026-02-01");

    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT rows_added, rows_deleted FROM system.snapshots WHERE \"table\" = 'silver.people' AND \"current\""))
        .containsExactly("2,1");
  }

  @Test
  void what_was_rolled_back_is_taken_again() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-02-01");
    List<String> after = people.history();
    String run =
        people
            .tarn()
            .rows("SELECT run FROM system.runs ORDER BY started_at DESC LIMIT 1")
            .getFirst();

    assertThat(people.tarn().run("rollback", run).status()).isZero();
    assertThat(people.history()).containsExactly("1,Ann,01-01,");
    people.runs();

    assertThat(people.history()).isEqualTo(after);
  }

  @Test
  void what_was_replayed_keeps_the_history() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-02-01");

    Answer replay = people.tarn().run("replay", "bronze.people");
    assertThat(replay.status()).as(replay.err()).isZero();
    people.runs();

    assertThat(people.history()).containsExactly("1,Ann,01-01,02-01", "1,Anna,02-01,");
  }

  @Test
  void an_earlier_version_of_its_inputs_is_not_taken_for_what_is() {
    people.model(PeopleHistory.BY_RUN);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-01-01");

    assertThat(people.tarn().run("run", "--as-of", "2026-05-02T12:00:00Z").status()).isZero();

    assertThat(people.last("reason")).contains("a history takes what is");
    assertThat(people.history()).containsExactly("1,Ann,05-02,05-03", "1,Anna,05-03,");
  }

  @Test
  void a_history_is_written_over_by_nothing() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    for (String kind : List.of("table", "view")) {
      people.model(
          PeopleHistory.BY_TIME.replace("snapshot\nkey: id\nupdated_at: changed_at", kind));
      Answer answer = people.run();
      assertThat(answer.status()).isEqualTo(2);
      assertThat(answer.err())
          .contains("models/silver/people.sql:2:14")
          .contains("silver.people keeps a history, which this model would write over");
    }
    people.model(PeopleHistory.BY_TIME.replace("key: id", "key: id\npartition: day(valid_from)"));
    assertThat(people.tarn().run("backfill", "silver.people").err())
        .contains("silver.people keeps a history");
    people.model("/*\nmaterialize: table\n*/ SELECT 1 AS id");
    assertThat(people.tarn().run("check").status()).isEqualTo(2);
  }

  @Test
  void a_table_becomes_a_history_of_what_it_is_now() {
    people.model("SELECT id, name, changed_at FROM bronze.people");
    people.runs("1,Ann,2026-01-01");
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Anna,2026-02-01");

    assertThat(people.history()).containsExactly("1,Ann,01-01,02-01", "1,Anna,02-01,");
  }

  @Test
  void what_is_wrong_with_a_history_is_told_at_its_place() {
    people.model(
        "/*\nmaterialize: snapshot\nrefresh: full\ndeletes: closed\n*/\nSELECT 1 AS id, 2 AS valid_to");
    assertThat(people.tarn().run("check").err())
        .contains("people.sql:2:1", "a history needs a key")
        .contains("people.sql:3:1", "a history is added to, never computed anew")
        .contains("people.sql:4:10", "did you mean 'close'?");

    people.model(
        "/*\nmaterialize: snapshot\nkey: idd\nupdated_at: id\ncompare: [nam]\n*/\nSELECT 1 AS id, '' AS name, 2 AS valid_to");
    assertThat(people.tarn().run("check").err())
        .contains("people.sql:2:14", "the query has a column 'valid_to'")
        .contains("people.sql:3:6", "key names 'idd'")
        .contains("people.sql:4:13", "updated_at must be a time, and 'id' is INTEGER")
        .contains("people.sql:5:10", "compare names 'nam'", "did you mean 'name'?");

    people.model("/*\nupdated_at: id\n*/\nSELECT 1 AS id");
    assertThat(people.tarn().run("check").err())
        .contains("people.sql:2:1", "'updated_at' is for histories");

    people.model(
        PeopleHistory.BY_TIME.replace(
            "key: id", "key: id\nchecks:\n  - {not_null: name, on_fail: quarantine}"));
    assertThat(people.tarn().run("check").err())
        .contains("silver.people keeps a history, which loses no row to quarantine");
  }

  @Test
  void the_key_of_a_history_does_not_change() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.model(PeopleHistory.BY_TIME.replace("key: id", "key: [id, name]"));

    assertThat(people.run().err())
        .contains("models/silver/people.sql:3:6")
        .contains("the history of silver.people was kept by the key id, which can't change");
  }
}
