package dev.tarn.store;

import java.util.function.Consumer;

/// One step from a version of the database's tables to the next, all of it or nothing.
///
/// @param version the version it leads to
record Migration(int version, Consumer<Definitions> steps) {

  /// Defines tables in words that both databases take, but for what is in braces.
  record Definitions(Sql sql, Dialect dialect) {
    void define(String text) {
      sql.define(text.replace("{id}", dialect.identity()).replace("{text}", dialect.text()));
    }
  }

  /// What the databases have different words for.
  ///
  /// @param identity the type of a key that counts up by itself
  /// @param text the type of a text that sorts by its code points
  record Dialect(String identity, String text) {}
}
