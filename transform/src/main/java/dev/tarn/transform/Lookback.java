package dev.tarn.transform;

import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Timings;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A bound on how old rows may be that a refresh still changes.
///
/// @param time the column that tells how old a row is
/// @param span how far before the newest
/// @param unit the bound is the beginning of one of these, as the engine names them; of its
///   partition where the table has such
public record Lookback(String time, Duration span, String unit) {
  /// The types of columns that can tell how old a row is.
  public static final List<Type> TYPES =
      List.of(Type.Primitive.DATE, Type.Primitive.TIMESTAMP, Type.Primitive.TIMESTAMPTZ);

  private static final String TIME = "time";
  private static final String LOOKBACK = "lookback";

  /// What it means, in a few words.
  public String told() {
    String whole = unit.equals("microsecond") ? "" : ", whole " + unit + "s";
    return "from " + length() + " before the newest " + time + whole;
  }

  private String length() {
    boolean days = span.toDays() > 0 && span.equals(Duration.ofDays(span.toDays()));
    return days ? span.toDays() + "d" : Timings.text(span);
  }

  /// Notes what does not go together.
  static Optional<Lookback> read(
      Settings settings,
      List<PartitionKey> partition,
      Materialize materialize,
      RefreshChoice refresh) {
    Optional<Duration> span = settings.duration(LOOKBACK);
    Optional<String> time = settings.text(TIME);
    if (!settings.has(LOOKBACK)) {
      time.ifPresent(_ ->
          settings.problem(
              TIME, "'time' says what lookback counts by", "add  lookback: 3d, or remove time"));
      return Optional.empty();
    }
    Optional<PartitionKey> part =
        partition.stream()
            .filter(key -> unit(key).isPresent())
            .filter(key -> time.isEmpty() || time.get().equalsIgnoreCase(key.column()))
            .findFirst();
    judge(settings, time.isPresent() || part.isPresent(), materialize, refresh);
    Optional<String> column = time.or(() -> part.map(PartitionKey::column));
    return span.flatMap(length ->
        column.map(name ->
            new Lookback(name, length, part.flatMap(Lookback::unit).orElse("microsecond"))));
  }

  private static Optional<String> unit(PartitionKey key) {
    return switch (key.transform()) {
      case Transform.Year() -> Optional.of("year");
      case Transform.Month() -> Optional.of("month");
      case Transform.Day() -> Optional.of("day");
      case Transform.Hour() -> Optional.of("hour");
      case Transform.Identity _, Transform.Bucket _, Transform.Truncate _ -> Optional.empty();
    };
  }

  private static void judge(
      Settings settings, boolean timed, Materialize materialize, RefreshChoice refresh) {
    if (!timed) {
      settings.problem(
          LOOKBACK,
          "lookback needs to know how old a row is",
          "add  time: a column, or a partition of time such as day(ordered_at)");
    }
    if (materialize != Materialize.TABLE) {
      settings.problem(
          LOOKBACK,
          materialize == Materialize.VIEW
              ? "a view holds no rows to leave as they are"
              : "a history takes whatever comes, however late",
          "remove lookback");
    }
    if (refresh != RefreshChoice.AUTO) {
      settings.problem(
          "refresh", "lookback says how the model is refreshed", "remove refresh or lookback");
    }
  }
}
