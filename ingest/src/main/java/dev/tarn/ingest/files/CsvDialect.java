package dev.tarn.ingest.files;

import java.util.Optional;

/// How fields stand in lines. Once told from a source's first file it holds for all later ones, so
/// that two files are never read differently.
///
/// @param quote absent: there are no quotes
/// @param escape before a quote within quotes: the quote itself, or a backslash
/// @param header whether the first record names the columns
/// @param comment lines beginning so are no data
record CsvDialect(
    char delimiter,
    Optional<Character> quote,
    Optional<Character> escape,
    boolean header,
    Optional<Character> comment) {
  private static final String NONE = "none";

  /// The common one: commas, double quotes, a header.
  static CsvDialect standard() {
    return new CsvDialect(',', Optional.of('"'), Optional.of('"'), true, Optional.empty());
  }

  CsvDialect withHeader(boolean named) {
    return new CsvDialect(delimiter, quote, escape, named, comment);
  }

  /// As kept with the table.
  String text() {
    return "delimiter="
        + code(Optional.of(delimiter))
        + " quote="
        + code(quote)
        + " escape="
        + code(escape)
        + " header="
        + header
        + " comment="
        + code(comment);
  }

  /// Reads what [#text] wrote; empty when it is something else.
  static Optional<CsvDialect> parse(String text) {
    String[] parts = text.split("[ =]");
    if (parts.length != 10) {
      return Optional.empty();
    }
    try {
      return decode(parts[1])
          .map(delimiter ->
              new CsvDialect(
                  delimiter,
                  decode(parts[3]),
                  decode(parts[5]),
                  parts[7].equals("true"),
                  decode(parts[9])));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static String code(Optional<Character> character) {
    return character.map(c -> Integer.toHexString(c)).orElse(NONE);
  }

  private static Optional<Character> decode(String code) {
    return code.equals(NONE) ? Optional.empty() : Optional.of((char) Integer.parseInt(code, 16));
  }
}
