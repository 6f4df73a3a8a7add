package dev.tarn.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// An engine of its own that only parses: in memory, one thread, shut off from files and network,
/// opened when first asked.
final class ParserConnection {
  private Optional<Connection> open = Optional.empty();

  /// The one text that `sql` yields for its one parameter.
  String ask(String sql, String parameter) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private Connection connection() throws SQLException {
    if (open.isEmpty()) {
      open = Optional.of(DriverManager.getConnection("jdbc:duckdb:", settings()));
    }
    return open.get();
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("threads", "1");
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("lock_configuration", "true");
    return settings;
  }

  void close() throws SQLException {
    if (open.isPresent()) {
      open.get().close();
      open = Optional.empty();
    }
  }
}
