package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// CSV (RFC 4180) as tests write it: a header, then rows; blanks around values that are not quoted
/// do not count; nothing is NULL, `""` an empty text.
final class CsvText {
  private final String text;
  private final IntFunction<Location> place;
  private final Problems problems;
  private int at;
  private int line = 1;

  /// @param place where a line of the text stands, counted from 1
  CsvText(String text, IntFunction<Location> place, Problems problems) {
    this.text = text;
    this.place = place;
    this.problems = problems;
  }

  WrittenRows.Listed read(Location where, WrittenRows.Form form) {
    List<List<Node.Scalar>> records = records();
    if (records.isEmpty()) {
      problems.add(where, "this CSV has no header", "begin with the names of the columns");
      return new WrittenRows.Listed(where, form, List.of(), List.of());
    }
    List<Node.Scalar> header = records.getFirst();
    List<WrittenRow> rows = new ArrayList<>();
    for (List<Node.Scalar> cells : records.subList(1, records.size())) {
      if (cells.size() != header.size()) {
        problems.add(
            cells.getFirst().at(),
            "this line has " + cells.size() + " values, the header " + header.size(),
            "put a value that holds a comma into quotes");
        continue;
      }
      List<Node.Entry> row = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        row.add(new Node.Entry(header.get(i).at(), header.get(i).text(), cells.get(i)));
      }
      rows.add(new WrittenRow(cells.getFirst().at(), row));
    }
    return new WrittenRows.Listed(
        where, form, header.stream().map(Node.Scalar::text).toList(), rows);
  }

  private List<List<Node.Scalar>> records() {
    List<List<Node.Scalar>> records = new ArrayList<>();
    while (at < text.length()) {
      List<Node.Scalar> record = record();
      boolean blank = record.size() == 1 && record.getFirst().isNull();
      if (!blank) {
        records.add(record);
      }
    }
    return records;
  }

  private List<Node.Scalar> record() {
    List<Node.Scalar> cells = new ArrayList<>();
    while (true) {
      cells.add(cell());
      if (at >= text.length()) {
        return cells;
      }
      char end = text.charAt(at++);
      if (end == '\n') {
        line++;
        return cells;
      }
    }
  }

  /// Stops at the comma or the end of the line.
  private Node.Scalar cell() {
    int blank = at;
    while (blank < text.length() && (text.charAt(blank) == ' ' || text.charAt(blank) == '\t')) {
      blank++;
    }
    Location where = place.apply(line);
    if (blank < text.length() && text.charAt(blank) == '"') {
      at = blank + 1;
      return new Node.Scalar(where, quoted(), false);
    }
    int from = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    String value = text.substring(from, at).strip();
    return new Node.Scalar(where, value, value.isEmpty());
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"' && at < text.length() && text.charAt(at) == '"') {
        at++;
      } else if (next == '"') {
        break;
      } else if (next == '\n') {
        line++;
      }
      value.append(next);
    }
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    return value.toString();
  }
}
