package dev.tarn.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void csv_quotes_only_where_needed_and_tells_null_from_empty() {
    assertThat(ValueText.csv(null)).isEmpty();
    assertThat(ValueText.csv("")).isEqualTo("\"\"");
    assertThat(ValueText.csv("plain")).isEqualTo("plain");
    assertThat(ValueText.csv("a,\"b\"\nc")).isEqualTo("\"a,\"\"b\"\"\nc\"");
    assertThat(ValueText.csv(" x")).isEqualTo("\" x\"");
  }

  @Test
  void times_and_decimals_are_written_plainly() {
    assertThat(ValueText.shown(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(ValueText.shown(LocalDateTime.parse("2026-01-02T03:04:05.120")))
        .isEqualTo("2026-01-02 03:04:05.12");
    assertThat(ValueText.shown(OffsetDateTime.parse("2026-01-02T03:04:00Z")))
        .isEqualTo("2026-01-02 03:04:00+00");
  }

  @Test
  void json_keeps_exact_numbers_exact() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("small", new BigDecimal("12.50"));
    row.put("large", new BigDecimal("1234567890123456.78"));
    row.put("whole", 9_007_199_254_740_993L);
    row.put("half", 0.5);
    row.put("nothing", Double.NaN);
    row.put("list", Arrays.asList(1, null, "x"));

    assertThat(Json.text(row))
        .isEqualTo(
            "{\"small\":12.50,\"large\":\"1234567890123456.78\",\"whole\":\"9007199254740993\",\"half\":0.5,\"nothing\":\"NaN\",\"list\":[1,null,\"x\"]}");
  }

  @Test
  void values_cannot_move_the_cursor_or_forge_a_line() {
    assertThat(Plain.line("a\u001b[2Jb\nc\u202ed")).isEqualTo("a\\u001b[2Jb\\nc\\u202ed");
    assertThat(Plain.lines("a\nb\r")).isEqualTo("a\nb\\r");
  }

  @Test
  void columns_of_one_name_are_told_apart() {
    assertThat(ValueText.distinct(List.of("a", "b", "a", "a")))
        .containsExactly("a", "b", "a_2", "a_3");
  }
}
