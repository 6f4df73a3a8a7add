package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Splits a staged table in two: rows that stay and rows that failed a quarantine check. Which row
/// failed what is decided once and kept by row number, so that the two parts are always the whole.
final class Quarantine {
  static final String FAILED = "tarn_failed";

  private final EngineSession session;
  private final EngineConnection connection;
  private final Branch branch;
  private final RunId run;
  private final Instant now;

  Quarantine(
      EngineSession session, EngineConnection connection, Branch branch, RunId run, Instant now) {
    this.session = session;
    this.connection = connection;
    this.branch = branch;
    this.run = run;
    this.now = now;
  }

  /// Nothing failed: what an earlier run put there is no longer in quarantine.
  static void empty(Branch branch, TableName table) {
    branch
        .find(table.quarantine())
        .filter(held -> held.rows() > 0)
        .ifPresent(held -> branch.stage(branch.replace(held.name(), specOf(held)), List.of()));
  }

  /// Stages both parts anew; answers how many rows failed.
  long split(LakeTable table, Subject numbered, List<Verdict> failed, long all) {
    connection.execute(mark(numbered, failed));
    long bad =
        Pass.whole(
            connection.query("SELECT count(*) FROM " + FAILED, 1).rows().getFirst().getFirst());
    QuarantineTable marks = QuarantineTable.of(table.schema());
    WriteTarget held = branch.replace(table.name().quarantine(), specWith(table, marks));
    List<WrittenFile> heldFiles = connection.write(badRows(numbered, marks, run, now), held);
    WriteTarget kept = branch.replace(table.name(), specOf(table));
    List<WrittenFile> keptFiles = connection.write(goodRows(numbered), kept);
    refuseLoss(table.name(), all, bad, rows(keptFiles), rows(heldFiles));
    branch.stage(held, heldFiles);
    branch.stage(kept, keptFiles);
    branch.find(table.name()).ifPresent(now -> session.expose(now.scan()));
    branch.find(table.name().quarantine()).ifPresent(now -> session.expose(now.scan()));
    return bad;
  }

  /// Stages the rows that were set aside while the table was written.
  void take(LakeTable table, SetAside aside) {
    QuarantineTable marks = QuarantineTable.of(table.schema());
    WriteTarget held = branch.replace(table.name().quarantine(), specWith(table, marks));
    List<WrittenFile> files = connection.write(setAside(aside, marks, run, now), held);
    long all = table.rows() + aside.rows();
    refuseLoss(table.name(), all, aside.rows(), table.rows(), rows(files));
    branch.stage(held, files);
    branch.find(table.name().quarantine()).ifPresent(now -> session.expose(now.scan()));
  }

  private static String setAside(SetAside aside, QuarantineTable marks, RunId run, Instant now) {
    List<String> parts = new ArrayList<>();
    for (long mark : aside.marks()) {
      String failed =
          aside.screen().failed(mark).stream()
              .map(Identifiers::literal)
              .collect(Collectors.joining(", ", "[", "]"));
      parts.add(
          "SELECT *, " + why(failed, marks, run, now) + " FROM " + aside.relation(mark).sql());
    }
    return String.join(" UNION ALL ", parts);
  }

  /// Each failing row once, with the names of all checks it failed.
  static String mark(Subject subject, List<Verdict> failed) {
    List<String> names = new ArrayList<>();
    for (Verdict verdict : failed) {
      String failing = verdict.judge().failing().orElseThrow();
      names.add(
          "CASE WHEN "
              + failing
              + " THEN "
              + Identifiers.literal(verdict.declared().name())
              + " END");
    }
    String marked =
        "SELECT this."
            + Subject.ROW
            + ", list_filter(["
            + String.join(", ", names)
            + "], lambda failed: failed IS NOT NULL) AS failed"
            + subject.from();
    return "CREATE OR REPLACE TEMP TABLE "
        + FAILED
        + " AS SELECT * FROM ("
        + marked
        + ") WHERE len(failed) > 0";
  }

  static String goodRows(Subject subject) {
    return "SELECT "
        + subject.columns("this.")
        + subject.from()
        + " WHERE this."
        + Subject.ROW
        + " NOT IN (SELECT "
        + Subject.ROW
        + " FROM "
        + FAILED
        + ")";
  }

  static String badRows(Subject subject, QuarantineTable marks, RunId run, Instant now) {
    return "SELECT "
        + subject.columns("this.")
        + ", "
        + why("f.failed", marks, run, now)
        + subject.from()
        + " JOIN "
        + FAILED
        + " AS f ON f."
        + Subject.ROW
        + " = this."
        + Subject.ROW;
  }

  private static String why(String failed, QuarantineTable marks, RunId run, Instant now) {
    return failed
        + " AS "
        + Identifiers.quote(marks.checks())
        + ", "
        + Identifiers.literal(run.value())
        + " AS "
        + Identifiers.quote(marks.run())
        + ", CAST("
        + Identifiers.literal(now.toString())
        + " AS TIMESTAMPTZ) AS "
        + Identifiers.quote(marks.at());
  }

  private static void refuseLoss(
      TableName table, long all, long bad, long keptRows, long heldRows) {
    if (heldRows != bad || keptRows + heldRows != all) {
      throw Failure.bug(
          table
              + " had "
              + all
              + " rows, but "
              + keptRows
              + " would stay and "
              + heldRows
              + " would be quarantined",
          new IllegalStateException("rows would be lost"));
    }
  }

  private static long rows(List<WrittenFile> files) {
    return files.stream().mapToLong(WrittenFile::rows).sum();
  }

  private static TableSpec specOf(LakeTable table) {
    return new TableSpec(
        table.schema(), table.partition(), table.sort(), table.properties(), table.columnDocs());
  }

  private static TableSpec specWith(LakeTable table, QuarantineTable marks) {
    String comment =
        "Rows of " + table.name() + " that failed a check, with the names of the checks.";
    return new TableSpec(
        marks.schema(), List.of(), List.of(), Map.of("comment", comment), table.columnDocs());
  }
}
