package dev.tarn.store;

import dev.tarn.store.Migration.Definitions;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.time.Instant;
import java.util.List;

/// The tables of the metadata database and how they came to be. A migration that was released is
/// never changed.
record Migrations(List<Migration> all) {
  static final Migrations RELEASED =
      new Migrations(
          List.of(
              new Migration(1, Migrations::first),
              new Migration(2, Migrations::howInputWasRead),
              new Migration(3, Migrations::whatWasDropped),
              new Migration(4, Migrations::partitionsMade),
              new Migration(5, BranchTables::define)));

  /// All tables of the newest version.
  static final List<String> TABLES =
      List.of(
          "iceberg_tables",
          "iceberg_namespace_properties",
          "tarn_version",
          "tarn_files",
          "tarn_runs",
          "tarn_steps",
          "tarn_consumed",
          "tarn_states",
          "tarn_notes",
          "tarn_checks",
          "tarn_drifts",
          "tarn_lineage",
          "tarn_dropped",
          "tarn_parts",
          "tarn_branches",
          "tarn_forks");

  Migrations {
    all = List.copyOf(all);
  }

  int newest() {
    return all.getLast().version();
  }

  /// Throws when the database was written by a newer Tarn.
  void requireKnown(int version, MetadataLocation location) {
    if (version > newest()) {
      throw new Failure(
          Remedy.FIX_INPUT,
          List.of(
              Problem.at(
                  Location.file(location.toString()),
                  "the metadata database is of version %d, and this Tarn knows up to version %d"
                      .formatted(version, newest()),
                  "use the Tarn that made it, or a newer one")));
    }
  }

  /// Runs what is missing after `version`, within the transaction of `definitions`.
  void migrate(int version, Definitions definitions, Instant now) {
    for (Migration migration : all) {
      if (migration.version() > version) {
        migration.steps().accept(definitions);
        definitions
            .sql()
            .change(
                "INSERT INTO tarn_version (version, applied_at) VALUES (?, ?)",
                migration.version(),
                now);
      }
    }
  }

  private static void first(Definitions to) {
    catalog(to);
    work(to);
    findings(to);
  }

  private static void howInputWasRead(Definitions to) {
    to.define("ALTER TABLE tarn_consumed ADD COLUMN reading {text} NOT NULL DEFAULT ''");
  }

  private static void whatWasDropped(Definitions to) {
    to.define(
        """
        CREATE TABLE tarn_dropped (
          id {id}, table_name {text} NOT NULL, metadata_location {text} NOT NULL,
          is_view INTEGER NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL)\
        """);
  }

  private static void partitionsMade(Definitions to) {
    to.define(
        """
        CREATE TABLE tarn_parts (
          table_name {text} NOT NULL, part {text} NOT NULL, fingerprint {text} NOT NULL,
          inputs {text} NOT NULL, made INTEGER NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL,
          reason {text} NOT NULL, PRIMARY KEY (table_name, part))\
        """);
  }

  /// The layout of Iceberg's JDBC catalog, version V1, word for word.
  private static void catalog(Definitions to) {
    to.define(
        """
        CREATE TABLE IF NOT EXISTS iceberg_tables (
          catalog_name VARCHAR(255) NOT NULL,
          table_namespace VARCHAR(255) NOT NULL,
          table_name VARCHAR(255) NOT NULL,
          metadata_location VARCHAR(1000),
          previous_metadata_location VARCHAR(1000),
          iceberg_type VARCHAR(5),
          PRIMARY KEY (catalog_name, table_namespace, table_name))\
        """);
    to.define(
        """
        CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (
          catalog_name VARCHAR(255) NOT NULL,
          namespace VARCHAR(255) NOT NULL,
          property_key VARCHAR(255),
          property_value VARCHAR(1000),
          PRIMARY KEY (catalog_name, namespace, property_key))\
        """);
    to.define(
        """
        CREATE TABLE tarn_version (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)\
        """);
  }

  private static void work(Definitions to) {
    to.define(
        """
        CREATE TABLE tarn_files (
          path {text} PRIMARY KEY, bytes BIGINT NOT NULL, crc32c INTEGER NOT NULL,
          table_name {text} NOT NULL, kind {text} NOT NULL, run {text} NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_files_table ON tarn_files (table_name)");
    to.define(
        """
        CREATE TABLE tarn_runs (
          id {id}, run {text} NOT NULL UNIQUE, state {text} NOT NULL, command {text} NOT NULL,
          started_at BIGINT NOT NULL, ended_at BIGINT, pid BIGINT NOT NULL, host {text} NOT NULL,
          reason {text} NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_runs_state ON tarn_runs (state)");
    to.define(
        """
        CREATE TABLE tarn_steps (
          id {id}, run {text} NOT NULL, table_name {text} NOT NULL, state {text} NOT NULL,
          attempt INTEGER NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT,
          row_count BIGINT NOT NULL, bytes BIGINT NOT NULL, reason {text} NOT NULL,
          refresh {text} NOT NULL, UNIQUE (run, table_name, attempt))\
        """);
    to.define("CREATE INDEX tarn_steps_table ON tarn_steps (table_name)");
    to.define(
        """
        CREATE TABLE tarn_consumed (
          id {id}, table_name {text} NOT NULL, item {text} NOT NULL, version {text} NOT NULL,
          bytes BIGINT NOT NULL, modified_ns BIGINT NOT NULL, identity {text} NOT NULL,
          outcome {text} NOT NULL, row_count BIGINT NOT NULL, rejected BIGINT NOT NULL,
          run {text} NOT NULL, at BIGINT NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_consumed_table ON tarn_consumed (table_name)");
    to.define(
        """
        CREATE TABLE tarn_states (
          table_name {text} PRIMARY KEY, fingerprint {text} NOT NULL, metadata_location {text} NOT NULL,
          inputs {text} NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL, row_count BIGINT NOT NULL,
          bytes BIGINT NOT NULL, description {text} NOT NULL)\
        """);
    to.define("CREATE TABLE tarn_notes (name {text} PRIMARY KEY, content {text} NOT NULL)");
  }

  private static void findings(Definitions to) {
    to.define(
        """
        CREATE TABLE tarn_checks (
          id {id}, run {text} NOT NULL, table_name {text} NOT NULL, name {text} NOT NULL,
          kind {text} NOT NULL, check_text {text} NOT NULL, on_fail {text} NOT NULL,
          passed INTEGER NOT NULL, row_count BIGINT NOT NULL, failures BIGINT NOT NULL,
          samples {text} NOT NULL, detail {text} NOT NULL, at BIGINT NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_checks_run ON tarn_checks (run)");
    to.define("CREATE INDEX tarn_checks_table ON tarn_checks (table_name)");
    to.define(
        """
        CREATE TABLE tarn_drifts (
          id {id}, table_name {text} NOT NULL, item {text} NOT NULL, column_name {text} NOT NULL,
          change {text} NOT NULL, type_before {text} NOT NULL, type_after {text} NOT NULL,
          action {text} NOT NULL, run {text} NOT NULL, at BIGINT NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_drifts_table ON tarn_drifts (table_name)");
    to.define(
        """
        CREATE TABLE tarn_lineage (
          id {id}, table_name {text} NOT NULL, column_name {text} NOT NULL, from_table {text} NOT NULL,
          from_column {text} NOT NULL, kind {text} NOT NULL)\
        """);
    to.define("CREATE INDEX tarn_lineage_table ON tarn_lineage (table_name)");
    to.define("CREATE INDEX tarn_lineage_from ON tarn_lineage (from_table)");
  }
}
