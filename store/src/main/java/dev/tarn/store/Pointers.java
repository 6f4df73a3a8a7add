package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// The catalog: each table's current metadata file, kept in the layout of Iceberg's JDBC catalog
/// (V1) under the name `tarn`.
public interface Pointers {
  Optional<Pointer> find(TableName name);

  /// Tables and views, by name.
  List<Pointer> all();

  /// Those of main and of all branches, and of branches that were dropped a short while ago: what
  /// they lead to is needed.
  List<Pointer> everywhere();

  /// False, and nothing done, when the name is taken. The layer comes to be as an Iceberg
  /// namespace.
  boolean insert(Pointer pointer);

  /// Compare and swap: false, and nothing done, when the current location is not `from`.
  boolean swap(TableName name, String from, String to);

  /// False, and nothing done, when the current location is not `from`.
  boolean drop(TableName name, String from);
}
