package dev.tarn.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The reference for two versions of a table: all rows of both compared, once each way.
final class PlainDiff {

  private PlainDiff() {}

  public static void main(String[] words) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (List<String> way : List.of(List.of(words[0], words[1]), List.of(words[1], words[0]))) {
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM (FROM '%s' EXCEPT ALL FROM '%s')"
                    .formatted(way.getFirst(), way.getLast()));
        rows.next();
        System.out.println(rows.getLong(1));
      }
    }
  }
}
