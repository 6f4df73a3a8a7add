package dev.tarn.app.test;

import dev.tarn.app.project.YamlSpans;
import dev.tarn.app.project.YamlSpans.Span;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes rows into a list of a YAML text: only the values that differ are touched, rows that are
/// gone are taken out with their line, new ones are added at the end.
final class RowEdits {
  private final String text;
  private final YamlSpans spans;
  private final TextEdits edits;

  RowEdits(String text, YamlSpans spans, TextEdits edits) {
    this.text = text;
    this.spans = spans;
    this.edits = edits;
  }

  /// Makes the rows written what the difference found.
  ///
  /// @param inOrder whether the rows are to stand in the order in which they came out
  void update(WrittenRows.Listed written, RowDifference difference, boolean inOrder) {
    Optional<Span> list = spans.collection(written.at());
    if (list.isEmpty()) {
      spans.scalar(written.at()).ifPresent(nothing -> whole(nothing, difference));
    } else if (inOrder || written.rows().isEmpty()) {
      whole(list.get(), difference);
    } else if (list.get().flow()) {
      bracketed(list.get(), written, difference);
    } else {
      block(list.get(), written, difference);
    }
  }

  /// All rows that came out, in the place of whatever stands there.
  void whole(Span place, RowDifference difference) {
    List<String> rows =
        difference.actual().stream().map(row -> ValueYaml.row(difference.columns(), row)).toList();
    boolean block = !place.inFlow() && !rows.isEmpty();
    if (!block) {
      edits.replace(place.start(), place.end(), spaced(place, "[" + String.join(", ", rows) + "]"));
    } else if (blockAlready(place)) {
      String indent = "\n" + " ".repeat(columnOf(place.start()));
      edits.replace(place.start(), place.end(), "- " + String.join(indent + "- ", rows));
    } else {
      String indent = "\n" + " ".repeat(indentOf(place.start()) + 2);
      int from = afterKey(place.start());
      edits.replace(from, place.end(), indent + "- " + String.join(indent + "- ", rows));
    }
  }

  private boolean blockAlready(Span place) {
    return place.start() < place.end() && text.charAt(place.start()) == '-';
  }

  /// A value needs a blank after its key.
  private String spaced(Span place, String value) {
    boolean touches = place.start() > 0 && text.charAt(place.start() - 1) == ':';
    return touches ? " " + value : value;
  }

  /// Blanks between a key and its value go when the value moves to lines of its own.
  private int afterKey(int start) {
    int from = start;
    while (from > 0 && text.charAt(from - 1) == ' ') {
      from--;
    }
    return from;
  }

  private int columnOf(int offset) {
    return offset - (text.lastIndexOf('\n', offset - 1) + 1);
  }

  /// How far the line is indented, dashes of lists counted in.
  private int indentOf(int offset) {
    int at = text.lastIndexOf('\n', offset - 1) + 1;
    int start = at;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
      at++;
    }
    return at - start;
  }

  private void block(Span list, WrittenRows.Listed written, RowDifference difference) {
    if (difference.actual().isEmpty()) {
      edits.replace(list.start(), list.end(), "[]");
      return;
    }
    List<String> added = new ArrayList<>();
    for (RowDifference.Line line : difference.lines()) {
      if (line.unexpected()) {
        added.add(ValueYaml.row(difference.columns(), difference.actualOf(line).orElseThrow()));
      } else if (line.missing()) {
        remove(written.rows().get(line.expected().getAsInt()));
      } else if (line.changed()) {
        change(written.rows().get(line.expected().getAsInt()), difference, line);
      }
    }
    if (!added.isEmpty()) {
      String indent = "\n" + " ".repeat(columnOf(list.start())) + "- ";
      int end = endOfLine(list.end());
      edits.replace(end, end, indent + String.join(indent, added));
    }
  }

  private int endOfLine(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  private void remove(WrittenRow row) {
    Span span = spans.collection(row.at()).orElseThrow();
    int dash = text.lastIndexOf('-', span.start() - 1);
    int start = text.lastIndexOf('\n', dash);
    edits.replace(Math.max(0, start), endOfLine(span.end()), "");
  }

  private void change(WrittenRow row, RowDifference difference, RowDifference.Line line) {
    List<@Nullable Object> wanted = difference.expectedOf(line).orElseThrow();
    List<@Nullable Object> found = difference.actualOf(line).orElseThrow();
    List<Column> unnamed = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < difference.columns().size(); i++) {
      if (difference.same().values(wanted.get(i), found.get(i))) {
        continue;
      }
      Optional<Node> cell = row.cell(difference.columns().get(i).name());
      if (cell.isPresent()) {
        Span place = span(cell.get());
        edits.replace(place.start(), place.end(), spaced(place, ValueYaml.of(found.get(i))));
      } else {
        unnamed.add(difference.columns().get(i));
        values.add(found.get(i));
      }
    }
    add(row, unnamed, values);
  }

  /// Columns that other rows name and this one does not.
  private void add(WrittenRow row, List<Column> columns, List<@Nullable Object> values) {
    if (columns.isEmpty()) {
      return;
    }
    Span span = spans.collection(row.at()).orElseThrow();
    String cells =
        String.join(
            span.flow() ? ", " : "\n" + " ".repeat(columnOf(span.start())),
            IntStream.range(0, columns.size())
                .mapToObj(i -> ValueYaml.cell(columns.get(i).name(), values.get(i)))
                .toList());
    if (row.cells().isEmpty()) {
      edits.replace(span.start(), span.end(), "{" + cells + "}");
    } else if (span.flow()) {
      int end = span(row.cells().getLast().value()).end();
      edits.replace(end, end, ", " + cells);
    } else {
      int end = endOfLine(span.end());
      edits.replace(end, end, "\n" + " ".repeat(columnOf(span.start())) + cells);
    }
  }

  private Span span(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> spans.scalar(scalar.at()).orElseThrow();
      case Node.Sequence list -> spans.collection(list.at()).orElseThrow();
      case Node.Mapping block -> spans.collection(block.at()).orElseThrow();
    };
  }

  /// In brackets a row can't be taken out with its line: rows that change are written anew.
  private void bracketed(Span list, WrittenRows.Listed written, RowDifference difference) {
    List<String> rows = new ArrayList<>();
    for (RowDifference.Line line : difference.lines()) {
      if (line.same()) {
        Span span =
            spans.collection(written.rows().get(line.expected().getAsInt()).at()).orElseThrow();
        rows.add(text.substring(span.start(), span.end()));
      } else if (!line.missing()) {
        rows.add(ValueYaml.row(difference.columns(), difference.actualOf(line).orElseThrow()));
      }
    }
    Span first = spans.collection(written.rows().getFirst().at()).orElseThrow();
    String before = text.substring(list.start() + 1, first.start());
    String between = before.contains("\n") ? "," + before : ", ";
    Span last = spans.collection(written.rows().getLast().at()).orElseThrow();
    String tail = text.substring(last.end(), list.end());
    edits.replace(list.start(), list.end(), "[" + before + String.join(between, rows) + tail);
  }
}
