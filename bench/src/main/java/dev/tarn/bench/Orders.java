package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// Orders to measure with, as wide as they are in life: a project's source files.
final class Orders {
  static final String COLUMNS =
      "id, customer, status, channel, city, street, note, amount, shipping, changed_at";

  private Orders() {}

  /// Orders of these numbers, as they are in a round: in each all have a status of their own.
  ///
  /// @param ids a query of numbers, named `id`
  static void write(Path project, String name, String ids, int round)
      throws IOException, SQLException {
    Path folder = Files.createDirectories(project.resolve("data"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT id, hash(id) %% 100000 AS customer, ['placed', 'shipped', 'returned'][%1$d %% 3 + 1] AS status,
              ['web', 'app', 'phone'][(hash(id) %% 3)::INTEGER + 1] AS channel, 'city ' || (hash(id) %% 5000) AS city,
              'street ' || (hash(id + 1) %% 200000) || ', no. ' || (id %% 97) AS street,
              CASE WHEN id %% 5 = 0 THEN 'please ring at ' || (hash(id + 2) %% 3000000) END AS note,
              (hash(id + %1$d) %% 100000 / 100)::DECIMAL(12, 2) AS amount, (id %% 900 / 100)::DECIMAL(12, 2) AS shipping,
              TIMESTAMP '2026-01-01' + INTERVAL %1$d DAY AS changed_at FROM (%2$s))
          TO '%3$s' (FORMAT parquet)
          """
              .formatted(round, ids, folder.resolve(name + ".parquet")));
    }
  }
}
