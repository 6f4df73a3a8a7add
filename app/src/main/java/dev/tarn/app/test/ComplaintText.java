package dev.tarn.app.test;

import dev.tarn.app.terminal.Plain;
import dev.tarn.app.terminal.ValueText;
import dev.tarn.vocabulary.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What went wrong in a test, in lines for people: `-` is expected and not there, `+` is there and
/// not expected, `~` differs.
public final class ComplaintText {
  private static final int MOST_ROWS = 20;
  private static final int MOST_CELL = 60;
  private static final String ARROW = " → ";

  private final List<String> lines = new ArrayList<>();

  private ComplaintText() {}

  /// All complaints about a test; rows are indented and begin with their sign.
  public static List<String> of(TestResult result) {
    ComplaintText text = new ComplaintText();
    result.complaints().forEach(text::add);
    return List.copyOf(text.lines);
  }

  /// What went wrong, in one line.
  public static String summary(TestResult result) {
    return of(result).stream().filter(line -> !line.startsWith(" ")).findFirst().orElse("");
  }

  private void add(Complaint complaint) {
    switch (complaint) {
      case Complaint.Rows(_, boolean quarantine, RowDifference difference) ->
          rows(rowsOf(quarantine), difference);
      case Complaint.Count(_, boolean quarantine, long expected, long actual) ->
          lines.add(rowsOf(quarantine) + ": " + expected + " expected, " + actual + " came out");
      case Complaint.Check(
              _,
              String name,
              String expected,
              String actual,
              List<String> samples) -> {
        lines.add("check " + name + ": expected " + expected + ", got " + actual);
        samples.forEach(sample -> lines.add("    " + Plain.line(sample)));
      }
      case Complaint.NoError(String expected, String actual) when actual.isEmpty() ->
          lines.add("an error with '" + expected + "' was expected, but the model did not fail");
      case Complaint.NoError(String expected, String actual) -> {
        lines.add("an error with '" + expected + "' was expected, but the model failed with");
        actual.lines().forEach(line -> lines.add("    " + Plain.line(line)));
      }
      case Complaint.Broken(var failure) -> {
        lines.add("the test could not be carried out:");
        failure.getMessage().lines().forEach(line -> lines.add("    " + Plain.line(line)));
      }
      case Complaint.NothingExpected(_, RowDifference all) -> rows("nothing expected yet", all);
    }
  }

  private static String rowsOf(boolean quarantine) {
    return quarantine ? "quarantined rows" : "rows";
  }

  private void rows(String what, RowDifference difference) {
    if (difference.order()) {
      lines.add(what + ": all are there, but in another order");
      order(difference);
      return;
    }
    List<String> counts = new ArrayList<>();
    count(counts, difference.count(RowDifference.Line::same), "as expected");
    count(counts, difference.count(RowDifference.Line::changed), "different");
    count(counts, difference.count(RowDifference.Line::missing), "missing");
    count(counts, difference.count(RowDifference.Line::unexpected), "unexpected");
    lines.add(what + ": " + String.join(", ", counts));
    List<RowDifference.Line> shown =
        difference.lines().stream().filter(line -> !line.same()).limit(MOST_ROWS).toList();
    table(difference, shown);
    long more = difference.lines().stream().filter(line -> !line.same()).count() - shown.size();
    if (more > 0) {
      lines.add("    … and " + more + " more");
    }
  }

  private static void count(List<String> counts, long count, String word) {
    if (count > 0) {
      counts.add(count + " " + word);
    }
  }

  private void table(RowDifference difference, List<RowDifference.Line> shown) {
    List<List<String>> grid = new ArrayList<>();
    grid.add(header(difference));
    for (RowDifference.Line line : shown) {
      grid.add(cells(difference, line));
    }
    aligned(grid);
  }

  private static List<String> header(RowDifference difference) {
    List<String> header = new ArrayList<>(List.of(" "));
    difference.columns().stream().map(Column::name).map(Plain::line).forEach(header::add);
    return header;
  }

  private static List<String> cells(RowDifference difference, RowDifference.Line line) {
    List<String> cells = new ArrayList<>();
    List<@Nullable Object> expected = difference.expectedOf(line).orElse(List.of());
    List<@Nullable Object> actual = difference.actualOf(line).orElse(List.of());
    cells.add(line.missing() ? "-" : line.unexpected() ? "+" : "~");
    for (int i = 0; i < difference.columns().size(); i++) {
      String wanted = expected.isEmpty() ? "" : shown(expected.get(i));
      String found = actual.isEmpty() ? "" : shown(actual.get(i));
      boolean both = line.changed() && !difference.same().values(expected.get(i), actual.get(i));
      cells.add(both ? wanted + ARROW + found : line.missing() ? wanted : found);
    }
    return cells;
  }

  private static String shown(@Nullable Object value) {
    String text = Plain.line(ValueText.shown(value));
    return text.codePointCount(0, text.length()) <= MOST_CELL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_CELL - 1)) + "…";
  }

  /// Each row with the place it has and the place it should have.
  private void order(RowDifference difference) {
    List<List<String>> grid = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(" ", "place"));
    difference.columns().forEach(column -> header.add(Plain.line(column.name())));
    grid.add(header);
    for (RowDifference.Line line : difference.lines()) {
      int wanted = line.expected().orElse(0);
      int found = line.actual().orElse(0);
      if (wanted != found && grid.size() <= MOST_ROWS) {
        List<String> cells = new ArrayList<>(List.of("~", (wanted + 1) + ARROW + (found + 1)));
        difference.actualOf(line).orElse(List.of()).forEach(value -> cells.add(shown(value)));
        grid.add(cells);
      }
    }
    aligned(grid);
  }

  private void aligned(List<List<String>> grid) {
    int columns = grid.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : grid) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    for (List<String> row : grid) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(i == 0 ? "" : i == 1 ? " " : "  ");
        line.append(cell).append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length())));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  /// All lines as one text.
  static String text(TestResult result) {
    return of(result).stream().collect(Collectors.joining("\n"));
  }
}
