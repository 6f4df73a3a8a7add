package dev.tarn.store;

import dev.tarn.store.Migration.Definitions;
import java.util.List;

/// The migration after which rows belong to main, which is branch 0, or to a branch.
final class BranchTables {
  private static final List<String> WITH_IDS =
      List.of(
          "tarn_runs",
          "tarn_steps",
          "tarn_checks",
          "tarn_drifts",
          "tarn_consumed",
          "tarn_lineage",
          "tarn_dropped");

  private BranchTables() {}

  static void define(Definitions to) {
    WITH_IDS.forEach(table ->
        to.define("ALTER TABLE " + table + " ADD COLUMN branch BIGINT NOT NULL DEFAULT 0"));
    for (String table : List.of("tarn_consumed", "tarn_lineage")) {
      to.define("DROP INDEX " + table + "_table");
      to.define("CREATE INDEX " + table + "_table ON " + table + " (branch, table_name)");
    }
    keyed(
        to,
        "tarn_states",
        """
        table_name {text} NOT NULL, fingerprint {text} NOT NULL, metadata_location {text} NOT NULL,
        inputs {text} NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL, row_count BIGINT NOT NULL,
        bytes BIGINT NOT NULL, description {text} NOT NULL, PRIMARY KEY (branch, table_name)\
        """,
        "table_name, fingerprint, metadata_location, inputs, run, at, row_count, bytes, description");
    keyed(
        to,
        "tarn_parts",
        """
        table_name {text} NOT NULL, part {text} NOT NULL, fingerprint {text} NOT NULL,
        inputs {text} NOT NULL, made INTEGER NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL,
        reason {text} NOT NULL, PRIMARY KEY (branch, table_name, part)\
        """,
        "table_name, part, fingerprint, inputs, made, run, at, reason");
    keyed(
        to,
        "tarn_notes",
        "name {text} NOT NULL, content {text} NOT NULL, PRIMARY KEY (branch, name)",
        "name, content");
    branches(to);
  }

  /// No database can change a primary key that is there.
  private static void keyed(Definitions to, String table, String columns, String copied) {
    String other = table + "_by_branch";
    to.define("CREATE TABLE " + other + " (branch BIGINT NOT NULL, " + columns + ")");
    to.define(
        "INSERT INTO %s (branch, %s) SELECT 0, %s FROM %s".formatted(other, copied, copied, table));
    to.define("DROP TABLE " + table);
    to.define("ALTER TABLE " + other + " RENAME TO " + table);
  }

  /// A row stays when a branch is dropped, so that its id is never another's.
  private static void branches(Definitions to) {
    to.define(
        """
        CREATE TABLE tarn_branches (
          id {id}, name {text} UNIQUE, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
          dropped_at BIGINT, runs_seen BIGINT NOT NULL, steps_seen BIGINT NOT NULL,
          checks_seen BIGINT NOT NULL, drifts_seen BIGINT NOT NULL)\
        """);
    to.define(
        """
        CREATE TABLE tarn_forks (
          branch BIGINT NOT NULL, table_name {text} NOT NULL, parted_location {text} NOT NULL,
          main_location {text} NOT NULL, main_taken {text} NOT NULL, main_state {text} NOT NULL,
          branch_location {text} NOT NULL, branch_taken {text} NOT NULL, branch_state {text} NOT NULL,
          PRIMARY KEY (branch, table_name))\
        """);
  }
}
