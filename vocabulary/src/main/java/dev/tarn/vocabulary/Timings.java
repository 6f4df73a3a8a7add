package dev.tarn.vocabulary;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `500ms`, `90s`, `15m`, `24h`, `7d`.
public final class Timings {
  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,12})\\s*(ms|s|m|h|d|w)\\s*");

  private Timings() {}

  /// Empty when the text is not of the form.
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "w" -> Duration.ofDays(7 * count);
          default -> Duration.ofDays(count);
        });
  }

  /// As short as it can be said: `850ms`, `3.2s`, `4m 10s`, `2h 5m`, `3d 4h`. Less than nothing has
  /// a minus before it.
  public static String text(Duration time) {
    if (time.isNegative()) {
      return "-" + text(time.negated());
    }
    long millis = time.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    if (millis < 60_000) {
      return millis / 1000 + "." + millis % 1000 / 100 + "s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + "m " + time.toSecondsPart() + "s";
    }
    return time.toDays() < 1
        ? time.toHours() + "h " + time.toMinutesPart() + "m"
        : time.toDays() + "d " + time.toHoursPart() + "h";
  }
}
