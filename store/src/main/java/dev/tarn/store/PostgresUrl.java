package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PostgreSQL URL, taken apart and checked, so that no text of a project reaches the driver's own
/// URL parser.
///
/// Drivers have settings that load classes, read files or write them; the ones a project may make
/// are listed here, all others are refused by name.
final class PostgresUrl {
  static final String PREFIX = "jdbc:postgresql:";
  private static final String FORM = "write jdbc:postgresql://host:5432/database?user=…";
  private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
  private static final Pattern SHAPE =
      Pattern.compile("jdbc:postgresql://(" + HOST + "(?:," + HOST + ")*)/([^/?#]+)(?:\\?(.*))?");

  /// Each setting a URL may make, and what its value looks like.
  private static final Map<String, Pattern> OPTIONS =
      new TreeMap<>(
          Map.of(
              "user", Pattern.compile(".+"),
              "password", Pattern.compile(".*"),
              "sslmode", Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full"),
              "sslrootcert", Pattern.compile("[^\\x00]+"),
              "currentSchema", Pattern.compile("[\\w$-]+(?:,[\\w$-]+)*"),
              "connectTimeout", Pattern.compile("\\d{1,5}"),
              "socketTimeout", Pattern.compile("\\d{1,5}"),
              "ApplicationName", Pattern.compile("[ -~]{1,63}")));

  private PostgresUrl() {}

  /// True for all that is a database's URL and not the path of a file.
  static boolean looksLike(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("jdbc:") || lower.matches("postgres(ql)?://.*");
  }

  static MetadataLocation.Postgres parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw Failure.input(
          "the metadata database cannot be '" + withoutSecrets(text) + "'",
          "it is a SQLite file, named by its path, or a PostgreSQL database: " + FORM);
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw Failure.input("'" + withoutSecrets(text) + "' is not a PostgreSQL URL", FORM);
    }
    Problems problems = new Problems();
    Map<String, String> options =
        options(Optional.ofNullable(matcher.group(3)).orElse(""), problems);
    problems.throwIfAny();
    Optional<String> user = Optional.ofNullable(options.remove("user"));
    Optional<String> password = Optional.ofNullable(options.remove("password"));
    return new MetadataLocation.Postgres(
        matcher.group(1), decode(matcher.group(2)), user, password, options);
  }

  private static Map<String, String> options(String query, Problems problems) {
    Map<String, String> options = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty()) {
        option(name, value, options).ifPresent(problems::add);
      }
    }
    return options;
  }

  private static Optional<Problem> option(String name, String value, Map<String, String> options) {
    if (!OPTIONS.containsKey(name)) {
      return Optional.of(
          Problem.of(
              "the metadata database's URL cannot set '" + name + "'",
              "it may set " + String.join(", ", OPTIONS.keySet())));
    }
    if (!OPTIONS.get(name).matcher(value).matches()) {
      String shown = name.equals("password") ? "" : " '" + value + "'";
      return Optional.of(
          Problem.of(name + shown + " is not a value of the metadata URL", allowed(name)));
    }
    if (options.put(name, value) != null) {
      return Optional.of(
          Problem.of("the metadata database's URL sets " + name + " twice", "keep one"));
    }
    return Optional.empty();
  }

  private static String allowed(String name) {
    return switch (name) {
      case "sslmode" -> "one of disable, allow, prefer, require, verify-ca, verify-full";
      case "connectTimeout", "socketTimeout" -> "a number of seconds";
      case "currentSchema" -> "names of schemas, separated by commas";
      default -> "a text that is not empty";
    };
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.input(
          "the metadata database's URL is not percent-encoded rightly: " + e.getMessage(), FORM);
    }
  }

  /// The URL up to its parameters and without `user:password@`, so that a message may show it.
  private static String withoutSecrets(String text) {
    return text.replaceFirst("\\?.*", "?…").replaceFirst("//[^/]*@", "//…@");
  }
}
