package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model with `materialize: snapshot` keeps every version of its rows.
class HistoryTest {
  @TempDir Path folder;
  private PeopleHistory people;

  @BeforeEach
  void a_project() {
    people = PeopleHistory.in(folder);
  }

  @Test
  void versions_follow_one_another_by_the_time_of_the_data() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,Anna,2026-02-01");

    assertThat(people.history())
        .containsExactly("1,Ann,01-01,02-01", "1,Anna,02-01,", "2,Bob,01-01,");
    assertThat(people.last("refresh")).isEqualTo("history");
    assertThat(people.last("reason")).contains("bronze.people +1 -0: 1 versions began, 1 ended");
  }

  @Test
  void a_plan_says_how_versions_are_found() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.tarn().file("data/a.csv", "id,name,changed_at\n1,Anna,2026-02-01\n");
    assertThat(people.tarn().run("plan").out())
        .contains("history: new versions by changed_at, what is missing ends; changed keys only");

    people.model(PeopleHistory.BY_TIME.replace("bronze.people", "bronze.people LIMIT 1000"));
    people.runs();
    people.tarn().file("data/b.csv", "id,name,changed_at\n1,Anne,2026-03-01\n");
    assertThat(people.tarn().run("plan").out())
        .contains("what is missing ends; all is compared: LIMIT");
    people.runs();
    assertThat(people.last("reason"))
        .contains("bronze.people changed (all was compared, because: LIMIT");
  }

  @Test
  void a_version_that_arrives_late_is_put_in_its_place() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anne,2026-03-01");
    people.runs("1,Anna,2026-02-01", "1,A,2025-12-01");

    assertThat(people.history())
        .containsExactly(
            "1,A,12-01,01-01", "1,Ann,01-01,02-01", "1,Anna,02-01,03-01", "1,Anne,03-01,");
  }

  @Test
  void without_a_time_of_the_data_what_changed_begins_when_it_was_seen() {
    people.model(PeopleHistory.BY_RUN);
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,Anna,2026-01-01");
    people.runs("1,Anna,2026-01-01");

    assertThat(people.history())
        .containsExactly("1,Ann,05-02,05-03", "1,Anna,05-03,", "2,Bob,05-02,");
  }

  @Test
  void a_row_that_is_missing_ends_and_one_that_comes_back_begins_anew() {
    people.model(PeopleHistory.BY_RUN);
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,gone,2026-01-01");
    people.runs("1,Ann,2026-01-01");

    assertThat(people.history())
        .containsExactly("1,Ann,05-02,05-03", "1,Ann,05-04,", "2,Bob,05-02,");
  }

  @Test
  void of_a_key_that_comes_several_times_in_one_run_all_versions_are_taken() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01", "1,Anna,2026-02-01", "1,Ann,2026-03-01", "1,Ann,2026-03-01");

    assertThat(people.history())
        .containsExactly("1,Ann,01-01,02-01", "1,Anna,02-01,03-01", "1,Ann,03-01,");
  }

  @Test
  void equal_rows_change_nothing() {
    people.model(PeopleHistory.BY_TIME);
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    String version = people.version();
    people.runs("1,Ann,2026-01-01");

    assertThat(people.last("reason")).contains("0 versions began, 0 ended");
    assertThat(people.version()).isEqualTo(version);
    people.runs();
    assertThat(people.last("reason")).contains("nothing new");
  }

  @Test
  void a_row_found_missing_stays_ended_whatever_comes_late() {
    people.model(LATEST_BY_TIME);
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,gone,2026-04-01");
    assertThat(people.history()).containsExactly("1,Ann,01-01,05-03", "2,Bob,01-01,");
    people.model(PeopleHistory.BY_TIME + " WHERE name <> 'gone'");
    people.runs("1,Anna,2026-03-01");

    assertThat(people.history())
        .containsExactly(
            "1,Ann,01-01,03-01", "1,Anna,03-01,05-03", "1,Anna,05-04,", "2,Bob,01-01,");
    people.runs("1,Anne,2026-06-01");
    assertThat(people.history())
        .contains("1,Anna,03-01,05-03", "1,Anna,05-04,06-01", "1,Anne,06-01,");
  }

  private static final String LATEST_BY_TIME =
      "/*\nmaterialize: snapshot\nkey: id\nupdated_at: changed_at\n*/\n"
          + "SELECT id, name, changed_at FROM (SELECT * FROM bronze.people"
          + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed_at DESC) = 1) WHERE name <> 'gone'";

  @Test
  void a_row_that_changed_without_another_time_begins_a_version_when_it_is_seen() {
    people.model(
        PeopleHistory.BY_TIME
            + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1");
    people.runs("1,Ann,2026-01-01");
    people.runs("1,Anna,2026-01-01");

    assertThat(people.history()).containsExactly("1,Ann,01-01,05-03", "1,Anna,05-03,");
    people.runs();
    people.runs("1,Anna,2026-01-01");
    assertThat(people.history()).hasSize(2);
  }

  @Test
  void what_is_missing_stays_current_where_deletes_are_ignored() {
    people.model(PeopleHistory.BY_RUN.replace("key: [id]", "key: [id]\ndeletes: ignore"));
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,gone,2026-01-01", "2,Bo,2026-01-01");

    assertThat(people.history())
        .containsExactly("1,Ann,05-02,", "2,Bob,05-02,05-03", "2,Bo,05-03,");
  }

  @Test
  void a_change_of_a_column_that_is_not_compared_begins_no_version() {
    people.model(PeopleHistory.BY_TIME.replace("*/", "compare: name\n*/"));
    people.runs("1,Ann,2026-01-01", "1,Ann,2026-02-01");
    people.runs("1,Anna,2026-03-01", "1,Ann,2025-12-01");

    assertThat(people.history())
        .containsExactly("1,Ann,12-01,01-01", "1,Ann,01-01,03-01", "1,Anna,03-01,");
  }

  @Test
  void rows_that_no_history_can_take_are_refused_with_all_their_faults() {
    people.model(PeopleHistory.BY_TIME);
    Answer missing = people.run(",Ann,2026-01-01", "2,Bob,");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err())
        .contains("1 rows of the query have no id (key)")
        .contains("1 rows of the query have no changed_at (updated_at)");
    people.model(PeopleHistory.BY_TIME + " WHERE id IS NOT NULL AND changed_at IS NOT NULL");
    Answer tie = people.run("3,Cid,2026-01-01", "3,Sid,2026-01-01");
    assertThat(tie.status()).isEqualTo(1);
    assertThat(tie.err())
        .contains("different rows of the same key and time: id 3, changed_at 2026-01-01");
    people.model(
        PeopleHistory.BY_RUN
            .replace("QUALIFY", "QUALIFY true OR")
            .replace("WHERE name", "WHERE id = 3 AND name"));
    Answer several = people.run();
    assertThat(several.status()).isEqualTo(1);
    assertThat(several.err()).contains("several rows of the same key: id 3");
  }

  @Test
  void what_reads_a_history_is_refreshed_by_its_changes() {
    people.model(PeopleHistory.BY_TIME);
    people
        .tarn()
        .file("models/gold/now.sql", "SELECT id, name FROM silver.people WHERE valid_to IS NULL")
        .file(
            "models/gold/versions.sql",
            "SELECT id, count(*) AS versions, max(valid_from) AS newest FROM silver.people GROUP BY id");
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01", "3,Cid,2026-01-01");
    people.runs("1,Anna,2026-02-01", "2,Bo,2025-02-01");

    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT \"table\", refresh FROM system.steps WHERE \"table\" LIKE 'gold%' ORDER BY started_at DESC, 1 LIMIT 2"))
        .containsExactly("gold.now,incremental", "gold.versions,incremental");
    assertThat(people.tarn().rows("FROM gold.now ORDER BY id"))
        .containsExactly("1,Anna", "2,Bob", "3,Cid");
    assertThat(people.tarn().rows("SELECT id, versions FROM gold.versions ORDER BY id"))
        .containsExactly("1,2", "2,2", "3,1");
    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT rows_added, rows_deleted FROM system.snapshots WHERE \"table\" = 'silver.people' AND \"current\""))
        .containsExactly("3,1");
  }

  @Test
  void a_check_that_fails_keeps_the_history_as_it_was() {
    people.model(
        PeopleHistory.BY_TIME.replace(
            "key: id",
            "key: id\nchecks:\n  - unique: [id, valid_from]\n  - accepted: {name: [Ann, Anna]}"));
    people.runs("1,Ann,2026-01-01");
    assertThat(people.run("1,Otto,2026-02-01").status()).isEqualTo(1);

    assertThat(people.history()).containsExactly("1,Ann,01-01,");
  }

  @Test
  void a_clock_that_goes_back_makes_no_version_that_ends_before_it_begins() {
    people.model(PeopleHistory.BY_RUN);
    people.runs("1,Ann,2026-01-01");
    people.clock().advance(Duration.ofDays(-9));
    people.tarn().file("data/a.csv", "id,name,changed_at\n1,Anna,2026-01-01\n");
    people
        .tarn()
        .file(
            "models/silver/people.sql",
            PeopleHistory.BY_RUN.replace("_ingested_at DESC", "_ingested_at"));
    assertThat(people.tarn().run("run").status()).isZero();

    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT name, valid_to > valid_from, valid_to FROM silver.people ORDER BY valid_from"))
        .containsExactly("Ann,true,2026-05-02 00:00:00.000001+00", "Anna,,");
  }

  @Test
  void the_times_of_a_history_come_from_the_column_that_tells_them() {
    people.model(PeopleHistory.BY_TIME);

    assertThat(people.tarn().run("lineage", "silver.people.valid_to").out())
        .contains("bronze.people.changed_at");
  }

  @Test
  void names_and_types_of_any_kind_are_kept() {
    people.model(
        """
        /*
        materialize: snapshot
        key: ["Id No", "key"]
        updated_at: "when it was"
        */
        SELECT id AS "Id No", 'k' AS "key", name AS "order", [name, NULL] AS c, {'a': name, 'h': [1]} AS h,
          MAP {'m': name} AS m, name::BLOB AS b, changed_at::DATE AS "when it was"
        FROM bronze.people WHERE id > 0\
        """);
    people.runs("0,Nobody,2026-01-01");
    assertThat(people.tarn().rows("SELECT count(*) FROM silver.people")).containsExactly("0");
    people.runs("1,Ann,2026-01-01", "2,Bob,2026-01-01");
    people.runs("1,Anna,2026-02-01", "2,Bob,2026-01-01");

    assertThat(people.last("reason")).contains("bronze.people +2 -0: 1 versions began, 1 ended");
    assertThat(
            people
                .tarn()
                .rows(
                    "SELECT \"Id No\", \"order\", c[1], h.a, m['m'], valid_from, valid_to FROM silver.people ORDER BY ALL"))
        .containsExactly(
            "1,Ann,Ann,Ann,Ann,2026-01-01 00:00:00,2026-02-01 00:00:00",
            "1,Anna,Anna,Anna,Anna,2026-02-01 00:00:00,",
            "2,Bob,Bob,Bob,Bob,2026-01-01 00:00:00,");
  }

  @Test
  void of_two_changes_in_a_day_the_second_begins_when_it_was_seen() {
    people.model(
        PeopleHistory.BY_TIME.replace("changed_at FROM", "changed_at::DATE AS changed_at FROM")
            + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1");
    people.runs("1,Ann,2026-05-02 07:00:00");
    people.clock().advance(Duration.ofHours(-12));
    people.runs("1,Anna,2026-05-02 09:00:00");
    people.runs("1,Anne,2026-05-03 09:00:00");

    assertThat(
            people.tarn().rows("SELECT name, valid_from, valid_to FROM silver.people ORDER BY ALL"))
        .containsExactly(
            "Ann,2026-05-02 00:00:00,2026-05-02 12:00:00",
            "Anna,2026-05-02 12:00:00,2026-05-03 00:00:00",
            "Anne,2026-05-03 00:00:00,");
  }

  @Test
  void times_with_a_zone_stay_such() {
    people.model(
        PeopleHistory.BY_TIME.replace(
            "changed_at FROM", "changed_at AT TIME ZONE 'Europe/Berlin' AS changed_at FROM"));
    people.runs("1,Ann,2026-01-01 01:00:00");
    people.runs("1,Anna,2025-12-31 00:00:00");

    assertThat(
            people.tarn().rows("SELECT name, valid_from, valid_to FROM silver.people ORDER BY ALL"))
        .containsExactly(
            "Ann,2026-01-01 00:00:00+00,", "Anna,2025-12-30 23:00:00+00,2026-01-01 00:00:00+00");
  }
}
