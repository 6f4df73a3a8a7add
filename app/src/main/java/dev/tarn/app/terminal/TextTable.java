package dev.tarn.app.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows in columns as people read them: texts to the left, numbers to the right, long values cut
/// when asked.
public final class TextTable {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] numeric;
  private final int cellLimit;

  /// @param numeric which columns hold numbers
  /// @param cellLimit the most characters of a cell
  public TextTable(List<String> header, boolean[] numeric, int cellLimit) {
    this.header = header.stream().map(Plain::line).toList();
    this.numeric = numeric.clone();
    this.cellLimit = cellLimit;
  }

  /// A table of texts.
  public static TextTable of(String... header) {
    return new TextTable(List.of(header), new boolean[header.length], 200);
  }

  public TextTable row(List<String> cells) {
    rows.add(cells.stream().map(Plain::line).map(this::cut).toList());
    return this;
  }

  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  private String cut(String cell) {
    return cell.codePointCount(0, cell.length()) <= cellLimit
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, cellLimit - 1)) + "…";
  }

  /// The table as text, each line ended.
  public String text(Console console) {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    text.append(console.paint(Paint.BOLD, line(header, widths))).append('\n');
    for (List<String> row : rows) {
      text.append(line(row, widths)).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(header.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - length(cells.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(numeric[i] ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
