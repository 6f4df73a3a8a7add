package dev.tarn.app.command;

import dev.tarn.lake.AsOf;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/// Reads `--as-of`: a time (`2026-01-31`, `2026-01-31T12:00`, `2026-01-31 12:00:00Z`; UTC unless it
/// says otherwise), a snapshot's number, or a tag.
final class AsOfText {

  private AsOfText() {}

  static AsOf parse(String text) {
    if (text.matches("\\d{10,20}")) {
      return new AsOf.Snapshot(Long.parseLong(text));
    }
    return time(text.strip()).<AsOf>map(AsOf.Time::new).orElseGet(() -> new AsOf.Tag(text));
  }

  /// A date alone means its end: the state after that day.
  private static Optional<Instant> time(String text) {
    String iso = text.replace(' ', 'T');
    return attempt(iso, value -> OffsetDateTime.parse(value).toInstant())
        .or(() -> attempt(iso, value -> LocalDateTime.parse(value).toInstant(ZoneOffset.UTC)))
        .or(() ->
            attempt(
                iso,
                value ->
                    LocalDate.parse(value)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusNanos(1)));
  }

  private static Optional<Instant> attempt(String text, Function<String, Instant> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
