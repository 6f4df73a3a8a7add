package dev.tarn.engine.change;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Difference;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// The rows that one version of a table has and another has not, as tables to ask: a row that is
/// there twice counts twice, and rows that were merely moved to other files are in neither.
///
/// @param gone how many rows only the earlier version has
/// @param come how many rows only the later version has
public record Changes(long gone, long come) {
  private static final String LAYER = "tarn_difference";
  private static final String PAIRS = "tarn_gone_and_come";

  /// Makes them readable under these names. When rows only came or only went nothing is read for
  /// it; else the rows of the files that not both versions have are compared, and those that differ
  /// are held in memory.
  ///
  /// @param connection of the session; a temporary table is left on it
  public static Changes expose(
      EngineSession session,
      EngineConnection connection,
      Difference difference,
      TableName gone,
      TableName come) {
    Scan removed = difference.removed();
    Scan added = difference.added();
    if (added.columns().isEmpty()) {
      throw Failure.input(
          added.table() + " has no column that both versions have", "refresh what is made of it");
    }
    return removed.files().isEmpty() || added.files().isEmpty()
        ? new Changes(
            exposed(session, connection, gone, removed), exposed(session, connection, come, added))
        : compared(session, connection, difference, gone, come);
  }

  /// Whether any row differs.
  public boolean any() {
    return gone + come > 0;
  }

  private static long exposed(
      EngineSession session, EngineConnection connection, TableName name, Scan scan) {
    session.expose(name, scan);
    return RowCount.of(session, connection, name, scan);
  }

  private static Changes compared(
      EngineSession session,
      EngineConnection connection,
      Difference difference,
      TableName gone,
      TableName come) {
    TableName before = new TableName(LAYER, gone.layer() + "_" + gone.name());
    TableName after = new TableName(LAYER, come.layer() + "_" + come.name());
    Sides.expose(session, connection, before, difference.removed());
    Sides.expose(session, connection, after, difference.added());
    List<FieldNode> columns = difference.added().columns();
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE "
            + PAIRS
            + " AS "
            + new PairsSql(before, after, columns, List.of()).both());
    connection.hold(side("before", columns), gone, difference.removed().schema());
    connection.hold(side("after", columns), come, difference.added().schema());
    connection.execute("DROP TABLE " + PAIRS);
    session.exposeEmpty(before, difference.removed().schema());
    session.exposeEmpty(after, difference.added().schema());
    return new Changes(count(connection, gone), count(connection, come));
  }

  private static long count(EngineConnection connection, TableName name) {
    return RowCount.number(connection, "SELECT count(*) FROM " + name.sql());
  }

  private static String side(String side, List<FieldNode> columns) {
    return columns.stream()
        .map(FieldNode::name)
        .map(name ->
            "struct_extract(\"%s\", %s) AS %s"
                .formatted(side, Identifiers.literal(name), Identifiers.quote(name)))
        .collect(
            joining(", ", "SELECT ", " FROM " + PAIRS + " WHERE \"" + side + "\" IS NOT NULL"));
  }
}
