package dev.tarn.engine.duckdb;

import dev.tarn.lake.WriteTarget;
import dev.tarn.vocabulary.Identifiers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Finds a file's partition: in the names of its folders, or in the file itself where the value was
/// too long for a name.
final class PartitionValues {
  private final WriteTarget target;
  private final Connection connection;

  PartitionValues(WriteTarget target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  List<Optional<String>> of(CopiedFile file) throws SQLException {
    List<Optional<String>> values = new ArrayList<>();
    for (int i = 0; i < target.partition().size(); i++) {
      String key = file.keys().get(CopySql.partitionColumn(i));
      if (key == null) {
        values.add(Optional.empty());
      } else if (key.startsWith("x")) {
        values.add(
            Optional.of(
                new String(HexFormat.of().parseHex(key.substring(1)), StandardCharsets.UTF_8)));
      } else if (key.startsWith("h")) {
        values.add(Optional.of(firstRow(file, i)));
      } else {
        values.add(Optional.of(key));
      }
    }
    return values;
  }

  private String firstRow(CopiedFile file, int n) throws SQLException {
    String sql =
        "SELECT "
            + CopySql.partitionValue(target, n)
            + " FROM read_parquet(["
            + Identifiers.literal(file.path().toString())
            + "], hive_partitioning = false) LIMIT 1";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
