package dev.tarn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TemporaryPostgresTest {
  @Test
  void a_real_server_answers(TemporaryPostgres postgres) throws SQLException {
    assertThat(ask(postgres.url("postgres"), "SHOW server_version_num")).startsWith("1");
    assertThat(ask(postgres.url("postgres"), "SHOW TimeZone")).isEqualTo("UTC");
  }

  @Test
  void fresh_databases_do_not_share_tables(TemporaryPostgres postgres) throws SQLException {
    String one = postgres.freshDatabase();
    String other = postgres.freshDatabase();

    ask(one, "CREATE TABLE t AS SELECT 1 AS x; SELECT 1");

    assertThat(ask(one, "SELECT count(*) FROM pg_tables WHERE tablename = 't'")).isEqualTo("1");
    assertThat(ask(other, "SELECT count(*) FROM pg_tables WHERE tablename = 't'")).isEqualTo("0");
  }

  @Test
  void a_closed_server_is_gone() {
    String url;
    try (var own = TemporaryPostgres.start()) {
      url = own.freshDatabase();
    }

    assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
  }

  private static String ask(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      if (!rows) {
        statement.getMoreResults();
      }
      try (var result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
