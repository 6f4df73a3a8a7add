package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Suggestions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what DuckDB says into a failure that says what, where, how to fix it and who must act.
final class EngineErrors {
  private static final Set<String> WRONG_SQL =
      Set.of(
          "Parser",
          "Syntax",
          "Binder",
          "Catalog",
          "Not implemented",
          "Permission",
          "Settings",
          "Invalid Configuration",
          "Parameter Not Resolved",
          "Parameter Not Allowed",
          "Dependency",
          "Missing Extension",
          "Extension Autoloading",
          "Expression",
          "Planner",
          "Optimizer",
          "Unknown Type",
          "Invalid type");
  private static final Set<String> WRONG_DATA =
      Set.of(
          "Conversion",
          "Out of Range",
          "Decimal",
          "Mismatch Type",
          "Divide by Zero",
          "Object Size",
          "Constraint",
          "Invalid Input",
          "Invalid",
          "Sequence");
  private static final Set<String> BROKEN = Set.of("INTERNAL", "FATAL", "NullPointer");
  private static final String DISK_FULL = "No space left on device";
  private static final Pattern QUOTED_PATH = Pattern.compile("\"(/[^\"\\\\]*)");

  private static final Pattern NO_SCHEMA =
      Pattern.compile("^Table with name \"?([^\"]*)\"? does not exist because schema");
  private static final Pattern NOT_YET =
      Pattern.compile("^Column \"([^\"]*)\" referenced that exists in the SELECT clause");

  private EngineErrors() {}

  /// Whether the instance can't be used any more.
  static boolean isFatal(ErrorReport report) {
    return BROKEN.contains(report.kind())
        || report.message().contains("database has been invalidated");
  }

  static Failure failure(
      ErrorReport report, SqlText sql, Collection<String> tables, Throwable cause) {
    if (isFatal(report)) {
      return Failure.bug("the engine broke: " + firstLine(report.message()), cause);
    }
    if (report.kind().equals("INTERRUPT")) {
      return Failure.retry("the statement was interrupted", "", cause);
    }
    if (report.kind().equals("Out of Memory")) {
      return Failure.retry(
          "the engine ran out of memory: " + firstLine(report.message()),
          "give it more (engine memory or temporary disk in tarn.yml), or make the query smaller",
          cause);
    }
    if (report.kind().equals("IO") || report.kind().equals("HTTP")) {
      return io(report, sql, cause);
    }
    Problem problem = problem(report, sql, tables);
    if (WRONG_SQL.contains(report.kind())) {
      return new Failure(Remedy.FIX_INPUT, problem, cause);
    }
    return WRONG_DATA.contains(report.kind())
        ? new Failure(Remedy.FIX_DATA, problem, cause)
        : Failure.bug(
            "the engine failed: " + report.kind() + ": " + firstLine(report.message()), cause);
  }

  private static Failure io(ErrorReport report, SqlText sql, Throwable cause) {
    String message = firstLine(report.message());
    if (report.message().contains(DISK_FULL)) {
      Matcher path = QUOTED_PATH.matcher(report.message());
      return DiskSpace.full(path.find() ? Optional.of(path.group(1)) : Optional.empty(), cause);
    }
    if (message.startsWith("Could not read enough bytes")) {
      return new Failure(
          Remedy.FIX_DATA, Problem.of(message, "the file is cut off: get it anew"), cause);
    }
    boolean asked = message.startsWith("No files found");
    return asked
        ? new Failure(Remedy.FIX_INPUT, new Problem(message, place(report, sql), ""), cause)
        : Failure.retry("reading or writing failed: " + message, "", cause);
  }

  private static Problem problem(ErrorReport report, SqlText sql, Collection<String> tables) {
    Optional<Location> where = place(report, sql);
    Matcher missing = NO_SCHEMA.matcher(report.message());
    if (missing.find()) {
      return new Problem(
          "unknown table '" + missing.group(1) + "'",
          where,
          Suggestions.didYouMean(missing.group(1), tables));
    }
    Matcher absent = NOT_YET.matcher(report.message());
    if (absent.find() && where.isEmpty()) {
      return new Problem("the query returns no column '" + absent.group(1) + "'", where, "");
    }
    String column = where.isPresent() ? "" : castColumn(report, sql);
    return switch (report.field("error_subtype").orElse("")) {
      case "COLUMN_NOT_FOUND" -> unknownColumn(report, sql, where);
      case "MISSING_ENTRY" -> unknownEntry(report, sql, where, tables);
      default -> new Problem(column + firstLine(report.message()), where, advice(report));
    };
  }

  private static Problem unknownColumn(ErrorReport report, SqlText sql, Optional<Location> where) {
    String name = report.field("name").orElseGet(() -> excerpt(report, sql));
    List<String> candidates = candidates(report);
    return where.isPresent()
        ? new Problem(
            "unknown column '" + name + "'", where, Suggestions.didYouMean(name, candidates))
        : new Problem(
            "the query returns no column '" + name + "'",
            where,
            Suggestions.didYouMean(name, candidates));
  }

  private static Problem unknownEntry(
      ErrorReport report, SqlText sql, Optional<Location> where, Collection<String> tables) {
    String kind = report.field("type").orElse("name");
    String name = report.field("name").orElseGet(() -> excerpt(report, sql));
    if (kind.equals("Table") || kind.equals("View")) {
      String written =
          report
              .span()
              .map(_ -> excerpt(report, sql))
              .filter(text -> text.contains("."))
              .orElse(name);
      return new Problem(
          "unknown table '" + written + "'", where, Suggestions.didYouMean(written, tables));
    }
    String what =
        "unknown " + kind.toLowerCase(Locale.ROOT).replace("scalar ", "") + " '" + name + "'";
    return new Problem(
        what,
        where,
        Suggestions.nearest(name, candidates(report))
            .map(near -> "did you mean '" + near + "'?")
            .orElse(""));
  }

  private static List<String> candidates(ErrorReport report) {
    return report.field("candidates").stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .map(name -> name.replaceAll("^\"|\"$", ""))
        .toList();
  }

  /// The lines after the first: candidates and hints, as the engine words them.
  private static String advice(ErrorReport report) {
    List<String> rest =
        report
            .message()
            .lines()
            .skip(1)
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return String.join("; ", rest.stream().limit(6).toList()).replace(":; ", ": ");
  }

  private static String firstLine(String message) {
    return message
        .replace(SqlText.MARK, "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(message);
  }

  private static Optional<Location> place(ErrorReport report, SqlText sql) {
    return report.span().flatMap(span -> sql.place(span[0]));
  }

  private static String excerpt(ErrorReport report, SqlText sql) {
    return report
        .span()
        .map(span -> sql.excerpt(span[0], span[1]))
        .orElse("")
        .replace("\"", "")
        .replace(SqlText.MARK, "");
  }

  /// Which of the target's columns a failed cast was for.
  private static String castColumn(ErrorReport report, SqlText sql) {
    Optional<int[]> span = report.span();
    if (span.isEmpty() || sql.before().isEmpty()) {
      return "";
    }
    String cast = sql.excerpt(span.get()[0], span.get()[1]);
    Matcher name = Pattern.compile("^CAST\\((\"(?:[^\"]|\"\")*\") AS ").matcher(cast);
    return name.find()
        ? "column '" + name.group(1).replaceAll("^\"|\"$", "").replace("\"\"", "\"") + "': "
        : "";
  }

  /// A statement that is not wrong but can't be run now, because the instance broke before.
  static Failure dead(String cause) {
    return Failure.bug(
        "the engine can't go on after an internal error",
        new IllegalStateException(Identifiers.literal(cause)));
  }
}
