package dev.tarn.engine.duckdb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/// The hashes that bucket partitions need and DuckDB lacks, as SQL functions of one instance.
final class BucketFunctions {
  static final String HASH_LONG = "__tarn_murmur3_long";
  static final String HASH_TEXT = "__tarn_murmur3_text";
  static final String HASH_HEX = "__tarn_murmur3_hex";
  static final String HASH_DECIMAL = "__tarn_murmur3_decimal";

  private BucketFunctions() {}

  static void register(Connection connection) throws SQLException {
    register(
        connection,
        HASH_LONG,
        DuckDBColumnType.BIGINT,
        (in, row) -> Murmur3.ofLong(in.getLong(row)));
    register(
        connection,
        HASH_TEXT,
        DuckDBColumnType.VARCHAR,
        (in, row) -> Murmur3.ofBytes(in.getString(row).getBytes(StandardCharsets.UTF_8)));
    register(
        connection,
        HASH_HEX,
        DuckDBColumnType.VARCHAR,
        (in, row) -> Murmur3.ofBytes(HexFormat.of().parseHex(in.getString(row))));
    register(
        connection,
        HASH_DECIMAL,
        DuckDBColumnType.VARCHAR,
        (in, row) ->
            Murmur3.ofBytes(new BigDecimal(in.getString(row)).unscaledValue().toByteArray()));
  }

  private static void register(Connection connection, String name, DuckDBColumnType type, Hash hash)
      throws SQLException {
    try (var function = DuckDBFunctions.scalarFunction()) {
      function
          .withName(name)
          .withParameter(type)
          .withReturnType(DuckDBColumnType.INTEGER)
          .withVectorizedFunction((chunk, out) -> fill(chunk, out, hash))
          .register(connection);
    }
  }

  private static void fill(DuckDBDataChunkReader chunk, DuckDBWritableVector out, Hash hash)
      throws SQLException {
    DuckDBReadableVector in = chunk.vector(0);
    long rows = chunk.rowCount();
    for (long row = 0; row < rows; row++) {
      if (in.isNull(row)) {
        out.setNull(row);
      } else {
        out.setInt(row, hash.of(in, row));
      }
    }
  }

  private interface Hash {
    int of(DuckDBReadableVector in, long row) throws SQLException;
  }
}
