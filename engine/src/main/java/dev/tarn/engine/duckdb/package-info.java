/// The engine in this process: DuckDB, its memory and its threads, reading and writing the lake's
/// Parquet files.
@NullMarked
package dev.tarn.engine.duckdb;

import org.jspecify.annotations.NullMarked;
