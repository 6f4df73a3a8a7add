package dev.tarn.app.test;

import dev.tarn.app.terminal.Console;
import dev.tarn.vocabulary.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Results of tests as values for programs.
public final class TestDocument {

  private TestDocument() {}

  /// @param updated whether a test was not as expected before its file was written
  /// @param written the files that were written
  public static Map<String, @Nullable Object> of(
      List<TestResult> results,
      Predicate<TestResult> updated,
      List<String> written,
      Duration took) {
    long failed = results.stream().filter(result -> !result.passed()).count();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("ok", failed == 0);
    document.put("tests", results.size());
    document.put("passed", results.size() - failed);
    document.put("failed", failed);
    document.put("seconds", took.toMillis() / 1000.0);
    document.put("updated", written);
    document.put(
        "results", results.stream().map(result -> result(result, updated.test(result))).toList());
    return document;
  }

  private static Map<String, @Nullable Object> result(TestResult result, boolean updated) {
    UnitTest test = result.test();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", test.name());
    values.put("file", test.file());
    values.put("line", test.at().line());
    values.put("column", test.at().column());
    values.put("model", test.model().toString());
    values.put("state", state(result, updated));
    values.put("seconds", result.took().toNanos() / 1e9);
    values.put("message", ComplaintText.text(result));
    values.put("complaints", result.complaints().stream().map(TestDocument::complaint).toList());
    return values;
  }

  private static String state(TestResult result, boolean updated) {
    if (result.passed()) {
      return updated ? "updated" : "passed";
    }
    return result.broken() ? "error" : "failed";
  }

  private static Map<String, @Nullable Object> complaint(Complaint complaint) {
    return switch (complaint) {
      case Complaint.Rows(_, boolean quarantine, RowDifference difference) ->
          rows(quarantine ? "quarantined" : "rows", difference);
      case Complaint.Count(_, boolean quarantine, long expected, long actual) ->
          values(
              "kind", quarantine ? "quarantined_count" : "count",
              "expected", expected,
              "actual", actual);
      case Complaint.Check(_, String name, String expected, String actual, List<String> samples) ->
          values(
              "kind",
              "check",
              "check",
              name,
              "expected",
              expected,
              "actual",
              actual,
              "samples",
              samples);
      case Complaint.NoError(String expected, String actual) ->
          values("kind", "no_error", "expected", expected, "actual", actual);
      case Complaint.Broken(var failure) ->
          values("kind", "error", "problems", Console.problems(failure.problems()));
      case Complaint.NothingExpected(_, RowDifference all) -> rows("nothing_expected", all);
    };
  }

  private static Map<String, @Nullable Object> rows(String kind, RowDifference difference) {
    List<Object> missing = new ArrayList<>();
    List<Object> unexpected = new ArrayList<>();
    List<Object> changed = new ArrayList<>();
    for (RowDifference.Line line : difference.lines()) {
      Optional<Map<String, @Nullable Object>> wanted =
          difference.expectedOf(line).map(row -> row(difference.columns(), row));
      Optional<Map<String, @Nullable Object>> found =
          difference.actualOf(line).map(row -> row(difference.columns(), row));
      if (line.missing()) {
        wanted.ifPresent(missing::add);
      } else if (line.unexpected()) {
        found.ifPresent(unexpected::add);
      } else if (line.changed()) {
        changed.add(values("expected", wanted, "actual", found));
      }
    }
    return values(
        "kind", kind,
        "same", difference.count(RowDifference.Line::same),
        "order", difference.order(),
        "changed", changed,
        "missing", missing,
        "unexpected", unexpected);
  }

  private static Map<String, @Nullable Object> row(
      List<Column> columns, List<@Nullable Object> row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i).name(), row.get(i));
    }
    return values;
  }

  private static Map<String, @Nullable Object> values(Object... pairs) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i].toString(), pairs[i + 1]);
    }
    return values;
  }
}
