package dev.tarn.engine;

/// What executes SQL. Implementations are proven by the engine contract tests.
public interface Engine extends AutoCloseable {

  /// As written in `engine:` in the project, such as `duckdb`.
  String name();

  /// A new, empty name space of tables. Many may be open at once.
  EngineSession open();

  @Override
  void close();
}
