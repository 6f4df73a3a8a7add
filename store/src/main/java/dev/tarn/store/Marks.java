package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.HashMap;
import java.util.Map;

/// Short texts that tell whether anything of a table became another.
///
/// @param locations of the current metadata
/// @param taken what the source has taken, and what was dropped
/// @param states how the current version came to be
record Marks(
    Map<TableName, String> locations, Map<TableName, String> taken, Map<TableName, String> states) {

  static Marks of(Sql sql, Scope scope) {
    Map<TableName, String> locations = new HashMap<>();
    new SqlPointers(sql, scope)
        .all()
        .forEach(pointer -> locations.put(pointer.name(), pointer.metadataLocation()));
    Map<TableName, String> states = new HashMap<>();
    new SqlTableStates(sql, scope).all().forEach(state -> states.put(state.table(), text(state)));
    return new Marks(locations, taken(sql, scope), states);
  }

  /// A run takes something once, so that the same number up to the same row of the same run is the
  /// same. That a file was looked at again and is the same is nothing taken.
  private static Map<TableName, String> taken(Sql sql, Scope scope) {
    Map<TableName, String> taken = new HashMap<>();
    sql.list(
        row -> taken.put(row.table(1), row.number(2) + ":" + row.number(3) + ":" + row.text(4)),
        """
        SELECT table_name, count(*), max(id), max(run) FROM tarn_consumed
        WHERE branch = ? AND outcome <> 'same' GROUP BY table_name\
        """,
        scope.branch());
    new SqlDroppedLog(sql, scope)
        .all()
        .forEach(
            one -> taken.merge(one.table(), " dropped " + one.metadataLocation(), String::concat));
    return taken;
  }

  /// Not the versions of its inputs, which upkeep renames.
  private static String text(TableState state) {
    return state.fingerprint() + " " + state.run() + " " + state.at();
  }

  String location(TableName table) {
    return locations.getOrDefault(table, "");
  }

  String taken(TableName table) {
    return taken.getOrDefault(table, "");
  }

  String state(TableName table) {
    return states.getOrDefault(table, "");
  }

  /// What became of a table since these marks were so.
  Fork.Since since(TableName table, String location, String takenThen, String stateThen) {
    if (!location(table).equals(location) || !taken(table).equals(takenThen)) {
      return Fork.Since.MOVED;
    }
    return state(table).equals(stateThen) ? Fork.Since.SAME : Fork.Since.RESTATED;
  }
}
