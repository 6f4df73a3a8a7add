package dev.tarn.ingest.files;

import dev.tarn.vocabulary.settings.Settings;
import java.util.List;
import java.util.Optional;

/// What a source says about its CSV, TSV and typed text; what it does not say is told from the
/// files.
///
/// @param delimiter between fields
/// @param quote around fields; empty: there are no quotes
/// @param escape before a quote within quotes; default: the quote itself
/// @param header whether the first line names the columns
/// @param names the columns' names, in place of a header's
/// @param comment lines that begin so are no data
/// @param nulls unquoted values that mean "no value"; default: the empty one
/// @param decimal the decimal separator of declared numbers
/// @param dateFormat how declared dates are written, such as `%d.%m.%Y`
/// @param timestampFormat how declared timestamps are written
public record CsvOptions(
    Optional<String> delimiter,
    Optional<String> quote,
    Optional<String> escape,
    Optional<Boolean> header,
    List<String> names,
    Optional<String> comment,
    List<String> nulls,
    String decimal,
    Optional<String> dateFormat,
    Optional<String> timestampFormat) {

  public CsvOptions {
    names = List.copyOf(names);
    nulls = List.copyOf(nulls);
  }

  /// Reads `delimiter`, `quote`, `escape`, `header`, `names`, `comment`, `null`, `decimal`,
  /// `date_format` and `timestamp_format`.
  public static CsvOptions read(Settings settings) {
    List<String> nulls = settings.texts("null");
    return new CsvOptions(
        settings
            .text("delimiter")
            .map(CsvOptions::named)
            .filter(text -> single(settings, "delimiter", text)),
        settings
            .text("quote")
            .map(CsvOptions::named)
            .filter(text -> text.isEmpty() || single(settings, "quote", text)),
        settings
            .text("escape")
            .map(CsvOptions::named)
            .filter(text -> text.isEmpty() || single(settings, "escape", text)),
        header(settings),
        settings.texts("names"),
        settings.text("comment").filter(text -> single(settings, "comment", text)),
        nulls.isEmpty() ? List.of("") : nulls,
        settings.text("decimal").filter(text -> single(settings, "decimal", text)).orElse("."),
        settings.text("date_format"),
        settings.text("timestamp_format"));
  }

  /// Nothing is said.
  public static CsvOptions none() {
    return new CsvOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(""),
        ".",
        Optional.empty(),
        Optional.empty());
  }

  private static String named(String text) {
    return switch (text) {
      case "\\t", "tab" -> "\t";
      case "none" -> "";
      case "space" -> " ";
      case "comma" -> ",";
      case "semicolon" -> ";";
      case "pipe" -> "|";
      default -> text;
    };
  }

  private static boolean single(Settings settings, String key, String text) {
    if (text.length() == 1
        && text.charAt(0) < 128
        && text.charAt(0) > 0
        && "\r\n".indexOf(text.charAt(0)) < 0) {
      return true;
    }
    settings.problem(key, "'" + key + "' must be one plain character, not '" + text + "'", "");
    return false;
  }

  private static Optional<Boolean> header(Settings settings) {
    Optional<String> text = settings.text("header");
    if (text.isEmpty() || text.get().equals("auto")) {
      return Optional.empty();
    }
    return Optional.of(settings.flag("header", true));
  }
}
