package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The partitions of a table as people name them: `2026-01` of `month(ordered_at)`, a value,
/// `null`.
///
/// @param key what tells a row's partition
/// @param label SQL over a row: its partition's name
public record Partitions(PartitionKey key, String label) {

  /// By the first part of the model's `partition:` that time or values give.
  ///
  /// @throws Failure when there is none
  static Partitions of(KnownModel model, Schema schema) {
    return model.settings().partition().stream()
        .flatMap(key -> format(key.transform()).map(format -> of(key, format, schema)).stream())
        .findFirst()
        .orElseThrow(() ->
            Failure.input(
                model.table() + " has no partitions of time or values to be made one by one",
                "declare them in "
                    + model.file().file()
                    + ", as in  partition: month(ordered_at); tarn run --full makes it whole"));
  }

  /// How a time is named; empty for the value itself.
  private static Optional<String> format(Transform transform) {
    return switch (transform) {
      case Transform.Identity() -> Optional.of("");
      case Transform.Year() -> Optional.of("%Y");
      case Transform.Month() -> Optional.of("%Y-%m");
      case Transform.Day() -> Optional.of("%Y-%m-%d");
      case Transform.Hour() -> Optional.of("%Y-%m-%dT%H");
      case Transform.Bucket _, Transform.Truncate _ -> Optional.empty();
    };
  }

  private static Partitions of(PartitionKey key, String format, Schema schema) {
    String column = Identifiers.quote(key.column());
    boolean zoned =
        schema
            .column(key.column())
            .map(Column::type)
            .filter(Type.Primitive.TIMESTAMPTZ::equals)
            .isPresent();
    String time = zoned ? "make_timestamp(epoch_us(" + column + "))" : column;
    String text =
        format.isEmpty()
            ? "CAST(" + column + " AS VARCHAR)"
            : "strftime(" + time + ", " + Identifiers.literal(format) + ")";
    return new Partitions(key, "coalesce(" + text + ", 'null')");
  }

  /// Rows of these partitions.
  String in(Collection<String> parts) {
    return parts.stream()
        .map(Identifiers::literal)
        .collect(Collectors.joining(", ", label + " IN (", ")"));
  }

  /// Rows of all others.
  String notIn(Collection<String> parts) {
    return "NOT (" + in(parts) + ")";
  }

  /// Whether a partition lies between two names, both included. A shorter name of a time means all
  /// of it: `2026` up to its last hour.
  static boolean isWithin(String part, Optional<String> from, Optional<String> to) {
    return from.filter(first -> compare(part, first) < 0).isEmpty()
        && to.filter(last -> compare(part, last) > 0).isEmpty();
  }

  private static int compare(String part, String bound) {
    Optional<BigDecimal> number = number(part);
    Optional<BigDecimal> limit = number(bound);
    if (number.isPresent() && limit.isPresent()) {
      return number.get().compareTo(limit.get());
    }
    return part.startsWith(bound) ? 0 : part.compareTo(bound);
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// As it is declared.
  String text() {
    String name = key.transform().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return name.equals("identity") ? key.column() : name + "(" + key.column() + ")";
  }
}
