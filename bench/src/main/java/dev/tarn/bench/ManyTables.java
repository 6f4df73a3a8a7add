package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// The reference for many small tables: the same queries, each written to a Parquet file.
final class ManyTables {

  private ManyTables() {}

  public static void main(String[] words) throws IOException, SQLException {
    Path folder = Files.createDirectories(Path.of(words[0]));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < Integer.parseInt(words[1]); i++) {
        statement.execute(
            "COPY (SELECT "
                + i
                + " AS id, 'name "
                + i
                + "' AS name) TO '"
                + folder.resolve("t" + i + ".parquet")
                + "' (FORMAT parquet, COMPRESSION zstd)");
      }
    }
  }
}
