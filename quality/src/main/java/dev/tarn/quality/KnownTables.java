package dev.tarn.quality;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// The tables that a project's checks may name, with the columns they have or will have.
public interface KnownTables {

  /// Empty when there is no such table, or its columns can't be known because something else is
  /// wrong.
  Optional<Schema> schema(TableName table);

  /// All tables, also those whose columns are not known.
  Collection<TableName> names();

  static KnownTables of(Map<TableName, Schema> tables) {
    Map<TableName, Schema> copy = Map.copyOf(tables);
    return new KnownTables() {
      @Override
      public Optional<Schema> schema(TableName table) {
        return Optional.ofNullable(copy.get(table));
      }

      @Override
      public Collection<TableName> names() {
        return copy.keySet();
      }
    };
  }
}
