package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Set;

/// How the files of one landing fit into the table.
///
/// @param columns the table's columns as they are to be, without provenance
/// @param refused the files, by their place, that are kept aside as a whole
/// @param json the columns that JSON is read as, by their names in the files
record Plan(List<Column> columns, Set<Integer> refused, List<Column> json, List<Change> changes) {

  Plan {
    columns = List.copyOf(columns);
    refused = Set.copyOf(refused);
    json = List.copyOf(json);
    changes = List.copyOf(changes);
  }

  /// A column that is not as it was.
  record Change(
      String item, String column, String change, String before, String after, String action) {

    boolean sameAs(Drift drift) {
      return drift.column().equalsIgnoreCase(column)
          && drift.change().equals(change)
          && drift.before().equals(before)
          && drift.after().equals(after)
          && drift.action().equals(action);
    }
  }

  /// A type as people read it.
  static String text(Type type) {
    return type.sql();
  }
}
