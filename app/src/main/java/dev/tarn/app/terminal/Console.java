package dev.tarn.app.terminal;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a command's words go. Results go to `out`; news, warnings and errors to `err`. With
/// `--json` exactly one document (or one line each for streams) goes to `out` and nothing else.
///
/// @param terminalOut whether `out` is a terminal
/// @param terminalErr whether `err` is a terminal: only then are there progress bars
/// @param width of the terminal in characters
public record Console(
    PrintStream out,
    PrintStream err,
    boolean json,
    boolean quiet,
    boolean terminalOut,
    boolean terminalErr,
    boolean colour,
    int width) {

  /// A result for people.
  public void line(String text) {
    if (!json) {
      out.println(text);
    }
  }

  /// News for people that is no result.
  public void news(String text) {
    if (!json && !quiet) {
      err.println(text);
    }
  }

  /// The result for programs, when it was asked for.
  public void document(Map<String, ? extends @Nullable Object> document) {
    if (json) {
      out.println(Json.text(document));
    }
  }

  /// Every problem of a failure, and what the program gets instead of a result.
  public void failure(Failure failure) {
    if (json) {
      out.println(
          Json.text(
              Map.of(
                  "ok",
                  false,
                  "remedy",
                  failure.remedy().name().toLowerCase(java.util.Locale.ROOT),
                  "problems",
                  problems(failure.problems()))));
      return;
    }
    failure
        .problems()
        .forEach(problem ->
            err.println(
                paint(Paint.RED, "error ")
                    + Plain.lines(problem.toString()).replace("\n", "\n      ")));
  }

  /// A fault in Tarn itself: what a report of it needs goes to `err`, whatever was asked for.
  public void fault(Throwable fault) {
    failure(Failure.bug("a fault in Tarn: " + fault, fault));
    fault.printStackTrace(err);
  }

  /// Problems as values of a document.
  public static List<Map<String, Object>> problems(List<Problem> problems) {
    return problems.stream().map(Console::problem).toList();
  }

  private static Map<String, Object> problem(Problem problem) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("what", problem.what());
    problem
        .where()
        .ifPresent(at -> {
          values.put("file", at.file());
          values.put("line", at.line());
          values.put("column", at.column());
        });
    values.put("fix", problem.fix());
    return values;
  }

  /// The text in a colour, when colours are wanted.
  public String paint(Paint paint, String text) {
    return colour ? paint.code() + text + "\u001b[0m" : text;
  }
}
