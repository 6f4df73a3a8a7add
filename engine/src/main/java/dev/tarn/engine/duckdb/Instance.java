package dev.tarn.engine.duckdb;

import dev.tarn.engine.EngineSettings;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// Opens a DuckDB in memory with the settings that every session has.
final class Instance {
  /// Far below what 16 MB of stack carry, far above what people write.
  private static final int EXPRESSION_DEPTH = 500;

  private Instance() {}

  static DuckDBConnection open(EngineSettings settings, Path temporary) throws SQLException {
    Folders.make(settings.temporary());
    Properties properties = new Properties();
    properties.setProperty("memory_limit", settings.memory().bytes() + "B");
    properties.setProperty("threads", String.valueOf(settings.threads()));
    properties.setProperty("temp_directory", temporary.toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("allow_unsigned_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    properties.setProperty("max_expression_depth", String.valueOf(EXPRESSION_DEPTH));
    properties.setProperty("errors_as_json", "true");
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
    try (Statement statement = connection.createStatement()) {
      // As a property it would be taken without a word and not kept.
      statement.execute(
          "SET GLOBAL max_temp_directory_size = '" + settings.temporaryLimit().bytes() + "B'");
      statement.execute("SET GLOBAL TimeZone = 'UTC'");
      // In 2.0.0 it ends with an internal error, which kills the instance, when a query keeps the
      // newest row per key and filters on a field of a struct. It also makes such queries slower.
      statement.execute("SET GLOBAL disabled_optimizers = 'top_n_window_elimination'");
      // Two connections that made it at once would be in each other's way.
      statement.execute(StoredRows.MAKE_SCHEMA);
      BucketFunctions.register(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
