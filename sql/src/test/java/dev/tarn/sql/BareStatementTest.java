package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareStatementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1|SELECT 1",
        "SELECT 1;|SELECT 1 ",
        "; SELECT 1; ; -- the end;|~  SELECT 1    -- the end;~",
        "SELECT ';' /* ; */ ;|SELECT ';' /* ; */  ",
        "SELECT '; -- no comment'|SELECT '; -- no comment'",
        "SELECT 1; SELECT 2;|SELECT 1; SELECT 2 ",
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void only_semicolons_around_a_statement_go(String sql, String bare) {
    assertThat(BareStatement.of(sql)).isEqualTo(bare);
  }
}
