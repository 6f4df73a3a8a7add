package dev.tarn.transform;

import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `partition: day(ordered_at)` and `sort: [customer_id, ordered_at desc]`.
final class KeyTexts {
  private static final Pattern CALL =
      Pattern.compile(
          "\\s*(\\w+)\\s*\\(\\s*(?:(\\d{1,9})\\s*,\\s*)?(\"[^\"]+\"|[^,()]+?)\\s*(?:,\\s*(\\d{1,9})\\s*)?\\)\\s*");
  private static final Pattern SORT =
      Pattern.compile(
          "\\s*(\"[^\"]+\"|.+?)(?:\\s+(asc|desc))?(?:\\s+nulls\\s+(first|last))?\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> TRANSFORMS =
      List.of("identity", "year", "month", "day", "hour", "bucket", "truncate");

  private KeyTexts() {}

  static List<PartitionKey> partition(Settings settings) {
    return settings.items("partition").stream()
        .flatMap(item -> partition(settings, item).stream())
        .toList();
  }

  private static Optional<PartitionKey> partition(Settings settings, Node item) {
    if (!(item instanceof Node.Scalar scalar)) {
      settings.problems().add(item.at(), "a partition is a text such as day(ordered_at)", "");
      return Optional.empty();
    }
    if (!scalar.text().contains("(")) {
      return Optional.of(new PartitionKey(unquoted(scalar.text()), new Transform.Identity()));
    }
    Matcher call = CALL.matcher(scalar.text());
    Optional<Transform> transform = call.matches() ? transform(call) : Optional.empty();
    if (transform.isEmpty()) {
      settings.problems().add(item.at(), "'" + scalar.text() + "' is no partition", fix(call));
      return Optional.empty();
    }
    return Optional.of(new PartitionKey(unquoted(call.group(3)), transform.get()));
  }

  private static String fix(Matcher call) {
    String known =
        "write column, year(column), month(…), day(…), hour(…), bucket(16, column) or truncate(4, column)";
    return call.matches()
        ? Suggestions.nearest(call.group(1), TRANSFORMS)
            .filter(near -> !near.equals(call.group(1)))
            .map(near -> "did you mean '" + near + "'?")
            .orElse(known)
        : known;
  }

  private static Optional<Transform> transform(Matcher call) {
    String number = call.group(2) != null ? call.group(2) : call.group(4);
    int width = number == null ? 0 : Integer.parseInt(number);
    return switch (call.group(1).toLowerCase(Locale.ROOT)) {
      case "identity" -> Optional.of(new Transform.Identity());
      case "year", "years" -> Optional.of(new Transform.Year());
      case "month", "months" -> Optional.of(new Transform.Month());
      case "day", "days" -> Optional.of(new Transform.Day());
      case "hour", "hours" -> Optional.of(new Transform.Hour());
      case "bucket" -> width > 0 ? Optional.of(new Transform.Bucket(width)) : Optional.empty();
      case "truncate" -> width > 0 ? Optional.of(new Transform.Truncate(width)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  static List<SortKey> sort(Settings settings) {
    return settings.texts("sort").stream().map(KeyTexts::sort).toList();
  }

  private static SortKey sort(String text) {
    Matcher parts = SORT.matcher(text);
    if (!parts.matches()) {
      return new SortKey(text, false, true);
    }
    boolean descending = "desc".equalsIgnoreCase(parts.group(2));
    boolean nullsFirst =
        parts.group(3) == null ? !descending : "first".equalsIgnoreCase(parts.group(3));
    return new SortKey(unquoted(parts.group(1)), descending, nullsFirst);
  }

  private static String unquoted(String name) {
    String bare = name.strip();
    return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
        ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"")
        : bare;
  }
}
