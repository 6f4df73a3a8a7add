package dev.tarn.engine.upkeep;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Compaction;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Upkeep;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Optional;

/// Writes a table's small files anew as few large ones, in its partitions and its order, and lets
/// them take the place of the small ones only when they hold the same rows.
public final class Compactor {
  private static final String LAYER = "tarn_upkeep";
  private static final TableName BEFORE = new TableName(LAYER, "before");
  private static final TableName AFTER = new TableName(LAYER, "after");

  private final Upkeep upkeep;
  private final RunId run;
  private final EngineSession session;

  public Compactor(Upkeep upkeep, RunId run, EngineSession session) {
    this.upkeep = upkeep;
    this.run = run;
    this.session = session;
  }

  /// How many files were made; empty when another program was at the same files, and nothing was
  /// done.
  public Optional<Integer> compact(Compaction compaction) {
    WriteTarget target = upkeep.target(compaction, run);
    List<WrittenFile> files = written(compaction, target);
    // Should this fail, nobody may know whether the files are needed: they stay, for a sweep.
    if (upkeep.compact(compaction, files, run)) {
      return Optional.of(files.size());
    }
    upkeep.discard(target);
    return Optional.empty();
  }

  private List<WrittenFile> written(Compaction compaction, WriteTarget target) {
    boolean done = false;
    try (EngineConnection connection = session.connect()) {
      session.expose(BEFORE, compaction.small());
      List<WrittenFile> files = connection.write("SELECT * FROM " + BEFORE.sql(), target);
      session.expose(AFTER, upkeep.written(compaction, files));
      refuseOtherRows(connection, compaction);
      done = true;
      return files;
    } finally {
      if (!done) {
        upkeep.discard(target);
      }
    }
  }

  /// Rows are counted and their hashes added up: of any two sets of rows that differ, by however
  /// little, the sums differ but for one chance in 2^64.
  private static void refuseOtherRows(EngineConnection connection, Compaction compaction) {
    List<FieldNode> columns = compaction.small().columns();
    List<Object> before = weight(connection, BEFORE, columns);
    List<Object> after = weight(connection, AFTER, columns);
    long rows = compaction.small().rows();
    if (!before.equals(after) || ((Number) after.getFirst()).longValue() != rows) {
      throw Failure.bug(
          "writing "
              + compaction.table().name()
              + " anew changed its rows: "
              + before
              + " before and "
              + after
              + " after, of "
              + rows
              + "; nothing was published",
          new IllegalStateException());
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Object> weight(
      EngineConnection connection, TableName table, List<FieldNode> columns) {
    String hash = columns.stream().map(Compactor::hashed).collect(joining(", ", "hash(", ")"));
    String sql =
        "SELECT count(*), coalesce(sum(" + hash + "::HUGEINT), 0)::VARCHAR FROM " + table.sql();
    return (List<Object>) (List<?>) connection.query(sql, 1).rows().getFirst();
  }

  /// DuckDB's hash of a nested value does not tell a NULL from a value of NULLs: its text does.
  private static String hashed(FieldNode column) {
    boolean plain =
        switch (column.type()) {
          case Type.Primitive primitive -> primitive != Type.Primitive.VARIANT;
          case Type.Decimal _ -> true;
          case Type.Struct _, Type.ListOf _, Type.MapOf _ -> false;
        };
    String name = Identifiers.quote(column.name());
    return plain ? name : "CAST(" + name + " AS VARCHAR)";
  }
}
