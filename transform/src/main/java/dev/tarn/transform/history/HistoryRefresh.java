package dev.tarn.transform.history;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.change.RowChanges;
import dev.tarn.engine.change.RowFigures;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.transform.ModelSettings;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Puts what a query gives now into a history. No row of a history ever goes; only when a version
/// ends may change. In this order:
///
/// 1. With `updated_at`, each row of a time that the history does not know of its key is put where
///    it belongs, whenever it comes: versions of a key follow one another by that time, and a
///    version ends where the next one begins or where its row was found missing. So the order in
///    which rows arrive makes no difference.
/// 2. A row that is true now and that no current version says begins a version now: without
///    `updated_at` that is every change; with it, a row that came back, or one that changed without
///    another time.
/// 3. The current version of a key that the query gives no more ends now.
///
/// Doing it again with the same rows does nothing.
public final class HistoryRefresh {
  private final EngineSession session;
  private final EngineConnection connection;
  private final Branch branch;
  private final TableName table;
  private final TableName there;

  /// @param connection of the session
  public HistoryRefresh(
      EngineSession session, EngineConnection connection, Branch branch, TableName table) {
    this.session = session;
    this.connection = connection;
    this.branch = branch;
    this.table = table;
    this.there = new TableName("tarn_history", table.layer() + "__" + table.name());
  }

  /// What came of it.
  ///
  /// @param began versions that were not there before
  /// @param ended versions that were the current ones
  /// @param left rows of earlier times that the history knows otherwise, and does not take
  /// @param files of the table where all of it was written anew
  public record Outcome(long began, long ended, long left, long bytes, List<WrittenFile> files) {

    /// In words.
    public String told() {
      String taken = "%,d versions began, %,d ended".formatted(began, ended);
      return left == 0
          ? taken
          : taken
              + "; %,d rows of times gone by are others than in the history, which keeps its own"
                  .formatted(left);
    }
  }

  /// Stages the change.
  ///
  /// @param sql the model's query
  /// @param query its columns
  /// @param spec what the table is to look like, with the columns of [HistoryTable#columns]
  /// @param keys the table of keys of which the query may give others than it did the last time;
  ///   empty when that is not known
  /// @param now when what has no time of its own begins and ends
  public Outcome apply(
      String sql,
      Schema query,
      TableSpec spec,
      ModelSettings settings,
      Optional<String> keys,
      Instant now) {
    Optional<LakeTable> before = branch.find(table).filter(HistoryTable::isHistory);
    boolean amends =
        before
            .filter(found -> shape(found.partition(), found.sort()).equals(shape(spec)))
            .isPresent();
    Optional<Scan> scan = before.map(_ -> widened(spec)).map(LakeTable::scan);
    scan.ifPresentOrElse(
        rows -> session.exposeNumbered(there, rows, HistorySql.ROW),
        () -> session.exposeEmpty(there, numbered(spec.schema())));
    HistorySql statements =
        new HistorySql(spec.schema(), query, settings.key(), settings.history());
    try (Scratch scratch = new Scratch(connection)) {
      Optional<String> some = keys.filter(_ -> amends);
      String history =
          some.map(table -> scratch.keep("there", statements.ofKeys(there.sql(), table)))
              .orElse(there.sql());
      String all = statements.come(sql);
      String come =
          scratch.keep(
              "come", some.map(table -> statements.ofKeys("(" + all + ")", table)).orElse(all));
      new HistoryFaults(scratch, statements, settings.history().updatedAt(), come).refuse();
      Changes changes =
          changes(
              scratch, statements, new Sides(history, come, before.isEmpty()), statements.at(now));
      return amends && scan.isPresent()
          ? amended(scan.get(), statements, changes)
          : written(spec, statements, changes);
    } finally {
      session.exposeEmpty(there, numbered(spec.schema()));
    }
  }

  private static String shape(TableSpec spec) {
    return shape(spec.partition(), spec.sort());
  }

  /// Names of columns differ by more than case.
  private static String shape(List<PartitionKey> partition, List<SortKey> sort) {
    return (partition + " " + sort).toLowerCase(Locale.ROOT);
  }

  /// The history with the columns that it is to have from now on.
  private LakeTable widened(TableSpec spec) {
    WriteTarget target = branch.append(table, spec);
    branch.stage(target, List.of());
    return branch.find(table).orElseThrow();
  }

  private static Schema numbered(Schema schema) {
    return schema.plus(List.of(Column.of(HistorySql.ROW, Type.Primitive.BIGINT)));
  }

  /// What is to change.
  ///
  /// @param rows by what name SQL reads the changes
  private record Changes(String rows, long began, long ended, long gone, long left) {}

  /// What there is and what comes, by the names by which SQL reads them.
  ///
  /// @param first whether there is nothing yet
  private record Sides(String history, String come, boolean first) {}

  private Changes changes(Scratch scratch, HistorySql statements, Sides sides, String now) {
    String history = sides.history();
    String come = sides.come();
    String unlike = scratch.keep("unlike", statements.unlike(come, history));
    String fresh = scratch.keep("fresh", statements.fresh(unlike, history));
    String touched = scratch.keep("touched", statements.keysOf(fresh));
    String placed = scratch.keep("placed", statements.placed(fresh, touched, history));
    String moved =
        scratch.keep(
            "moved",
            sides.first() && statements.timed()
                ? statements.keysOf(fresh) + " LIMIT 0"
                : statements.moved(come, unlike, placed, history));
    String open = scratch.keep("open", statements.open(moved, placed, touched, history));
    String newest = scratch.keep("newest", statements.newest(come, moved));
    String turned = scratch.keep("turned", statements.turned(newest, open, history, now));
    String missing = scratch.keep("missing", statements.missing(come, history));
    String closed = scratch.keep("closed", statements.closed(open, turned, missing, history, now));
    String changes = scratch.keep("changes", statements.changes(placed, turned, closed));
    List<Long> counts =
        scratch.numbers(
            "SELECT count(*) FILTER (%1$s < 0), count(*) FILTER (%3$s), count(*) FILTER (%1$s >= 0), (%4$s) FROM %2$s"
                .formatted(
                    HistorySql.ROW,
                    changes,
                    HistorySql.ENDED,
                    statements.left(unlike, fresh, turned)));
    return new Changes(changes, counts.get(0), counts.get(1), counts.get(2), counts.get(3));
  }

  private Outcome amended(Scan scan, HistorySql statements, Changes changes) {
    Optional<String> come =
        changes.began + changes.gone == 0
            ? Optional.empty()
            : Optional.of(statements.added(changes.rows));
    Optional<String> gone =
        changes.gone == 0
            ? Optional.empty()
            : Optional.of(
                "SELECT %1$s FROM %2$s WHERE %1$s >= 0".formatted(HistorySql.ROW, changes.rows));
    RowFigures figures = RowChanges.apply(session, connection, branch, scan, come, gone);
    return new Outcome(changes.began, changes.ended, changes.left, figures.bytes(), List.of());
  }

  private Outcome written(TableSpec spec, HistorySql statements, Changes changes) {
    WriteTarget target = branch.replace(table, spec);
    List<WrittenFile> files =
        connection.write(
            statements.staying(there.sql(), changes.rows)
                + " UNION ALL BY NAME "
                + statements.added(changes.rows),
            target);
    branch.stage(target, files);
    long bytes = files.stream().mapToLong(WrittenFile::bytes).sum();
    return new Outcome(changes.began, changes.ended, changes.left, bytes, files);
  }
}
