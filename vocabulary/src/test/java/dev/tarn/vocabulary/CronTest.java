package dev.tarn.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "0 6 * * *, 2026-03-01T07:00:00Z, 2026-03-02T06:00:00Z",
    "*/15 * * * *, 2026-03-01T07:00:00Z, 2026-03-01T07:15:00Z",
    "0 6 * * mon-fri, 2026-03-06T06:00:00Z, 2026-03-09T06:00:00Z",
    "30 4 1 jan *, 2026-03-06T06:00:00Z, 2027-01-01T04:30:00Z",
    "0 0 29 2 *, 2026-03-06T06:00:00Z, 2028-02-29T00:00:00Z",
    "0 0 13 * 5, 2026-03-01T00:00:00Z, 2026-03-06T00:00:00Z",
    "5/20 1 * * 7, 2026-03-01T00:00:00Z, 2026-03-01T01:05:00Z",
    "@daily, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
  })
  void the_next_time_is_strictly_later(String cron, Instant after, Instant due) {
    assertThat(Cron.parse(cron).next(after, ZoneId.of("UTC"))).contains(due);
  }

  @Test
  void a_time_that_spring_skips_is_due_when_the_clocks_go_on() {
    assertThat(Cron.parse("30 2 * * *").next(Instant.parse("2026-03-28T12:00:00Z"), BERLIN))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void a_time_that_autumn_shows_twice_is_due_once() {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");

    assertThat(Cron.parse("30 2 * * *").next(Instant.parse("2026-10-24T12:00:00Z"), BERLIN))
        .contains(first);
    assertThat(Cron.parse("30 2 * * *").next(first, BERLIN))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "0 0 31 2 *",
        "1/2/3 * * * *",
        "@often"
      })
  void what_is_no_schedule_is_refused_with_the_reason(String text) {
    assertThatThrownBy(() -> Cron.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not a schedule");
  }
}
