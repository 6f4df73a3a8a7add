package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;

/// A table's name as the database keeps it: `layer.name`, readable because no layer has a dot.
final class TableKey {
  private TableKey() {}

  static String of(TableName table) {
    if (table.layer().indexOf('.') >= 0) {
      throw Failure.input("the layer of " + table + " has a dot in its name", "rename the layer");
    }
    return table.toString();
  }
}
