package dev.tarn.app.test;

import dev.tarn.app.project.TestFile;
import dev.tarn.app.project.Yaml;
import dev.tarn.app.project.YamlSpans;
import dev.tarn.app.project.YamlSpans.Span;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes what came out of tests into their files as what they expect. Everything else in the files
/// stays as it stands. What SQL makes or another file than a CSV holds is left to its author.
public final class ExpectationUpdate {
  private final Path folder;
  private final Map<String, String> changed = new TreeMap<>();

  /// @param folder of the project
  public ExpectationUpdate(Path folder) {
    this.folder = folder;
  }

  /// Writes the files and answers which ones.
  public List<String> write(List<TestFile> files, List<TestResult> results) {
    for (TestFile file : files) {
      List<TestResult> own =
          results.stream()
              .filter(result -> result.test().file().equals(file.file()) && !result.passed())
              .toList();
      if (!own.isEmpty()) {
        edit(file, own);
      }
    }
    changed.forEach(this::save);
    return List.copyOf(changed.keySet());
  }

  private void edit(TestFile file, List<TestResult> results) {
    TextEdits edits = new TextEdits();
    YamlSpans spans = YamlSpans.of(file.text());
    Editor editor = new Editor(file.text(), spans, edits, new RowEdits(file.text(), spans, edits));
    results.forEach(editor::edit);
    if (!edits.isEmpty()) {
      String text = edits.applied(file.text());
      refuseDamage(file.file(), text);
      changed.put(file.file(), text);
    }
  }

  private static void refuseDamage(String file, String text) {
    Problems problems = new Problems();
    Yaml.read(file, 0, text, problems);
    if (!problems.isEmpty()) {
      throw Failure.bug(
          file + " was left as it is: it could not be updated in place",
          new Failure(dev.tarn.vocabulary.Remedy.REPORT_BUG, problems.all()));
    }
  }

  /// A reader sees the file before or after, never a part of it.
  private void save(String file, String text) {
    Path path = folder.resolve(file);
    Path aside = path.resolveSibling("." + path.getFileName() + ".new");
    try {
      Files.writeString(aside, text);
      Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.input(file + " can't be written: " + e.getMessage(), "check its rights");
    }
  }

  /// The changes to one file of tests.
  private final class Editor {
    private final String text;
    private final YamlSpans spans;
    private final TextEdits edits;
    private final RowEdits rowEdits;

    Editor(String text, YamlSpans spans, TextEdits edits, RowEdits rowEdits) {
      this.text = text;
      this.spans = spans;
      this.edits = edits;
      this.rowEdits = rowEdits;
    }

    void edit(TestResult result) {
      Map<Location, List<Complaint.Check>> ofAll = new LinkedHashMap<>();
      for (Complaint complaint : result.complaints()) {
        switch (complaint) {
          case Complaint.Rows rows -> rows(rows, result.test());
          case Complaint.Count count ->
              replace(count.rows().countAt(), Long.toString(count.actual()));
          case Complaint.Check check when check.check().ofAll() ->
              ofAll.computeIfAbsent(check.check().valueAt(), _ -> new ArrayList<>()).add(check);
          case Complaint.Check check -> replace(check.check().valueAt(), check.actual());
          case Complaint.NothingExpected nothing -> nothing(nothing, result.test());
          case Complaint.NoError _, Complaint.Broken _ -> {}
        }
      }
      ofAll.forEach((at, checks) ->
          replace(
              at,
              checks.stream()
                  .map(check -> ValueYaml.key(check.name()) + ": " + check.actual())
                  .collect(Collectors.joining(", ", "{", "}"))));
    }

    private void replace(Location at, String value) {
      Optional<Span> span = spans.scalar(at);
      if (span.isEmpty()) {
        span = spans.collection(at);
      }
      span.ifPresent(place -> edits.replace(place.start(), place.end(), value));
    }

    private void rows(Complaint.Rows rows, UnitTest test) {
      if (rows.rows().expected().rows().orElse(null) instanceof WrittenRows.Listed listed) {
        boolean ordered =
            !rows.quarantine() && test.expectation().filter(Expectation::ordered).isPresent();
        switch (listed.form()) {
          case WrittenRows.Form.Yaml _ -> rowEdits.update(listed, rows.difference(), ordered);
          case WrittenRows.Form.Csv _ ->
              csv(listed.at(), lines(listed, rows.difference(), ordered));
          case WrittenRows.Form.InFile(String file) when file.endsWith(".csv") ->
              changed.put(
                  file, String.join("\n", lines(listed, rows.difference(), ordered)) + "\n");
          case WrittenRows.Form.InFile _ -> {}
        }
      }
    }

    private void csv(Location at, List<String> lines) {
      Optional<Span> span = spans.scalar(at);
      if (span.isEmpty()) {
        return;
      }
      Span place = span.get();
      int line = text.lastIndexOf('\n', place.start() - 1) + 1;
      int indent = line;
      while (text.charAt(indent) == ' ' || text.charAt(indent) == '-') {
        indent++;
      }
      String indented = "\n" + " ".repeat(indent - line + 2);
      edits.replace(
          place.start(),
          place.end(),
          place.inFlow()
              ? ValueYaml.text(String.join("\n", lines) + "\n")
              : "|" + indented + String.join(indented, lines));
    }

    private List<String> lines(
        WrittenRows.Listed listed, RowDifference difference, boolean ordered) {
      List<String> header = listed.header();
      List<String> lines = new ArrayList<>();
      lines.add(header.stream().map(ValueYaml::csv).collect(Collectors.joining(",")));
      List<List<@Nullable Object>> rows = new ArrayList<>();
      if (ordered) {
        rows.addAll(difference.actual());
      } else {
        for (RowDifference.Line line : difference.lines()) {
          Optional<List<@Nullable Object>> row =
              line.same() ? difference.expectedOf(line) : difference.actualOf(line);
          row.ifPresent(rows::add);
        }
      }
      for (List<@Nullable Object> row : rows) {
        lines.add(line(header, difference.columns(), row));
      }
      return lines;
    }

    private String line(List<String> header, List<Column> columns, List<@Nullable Object> row) {
      return header.stream()
          .map(name ->
              IntStream.range(0, columns.size())
                  .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                  .mapToObj(i -> ValueYaml.csv(row.get(i)))
                  .findFirst()
                  .orElse(""))
          .collect(Collectors.joining(","));
    }

    /// Columns that are NULL in all rows are left away, unless nothing else is there.
    private void nothing(Complaint.NothingExpected nothing, UnitTest test) {
      RowDifference all = told(nothing.all());
      Optional<Span> key = test.expectAt().flatMap(spans::scalar);
      if (key.isPresent()) {
        rowEdits.whole(key.get(), all);
        return;
      }
      Span block = spans.collection(test.at()).orElseThrow();
      List<String> rows =
          all.actual().stream().map(row -> ValueYaml.row(all.columns(), row)).toList();
      if (block.flow()) {
        int end = block.end() - 1;
        edits.replace(end, end, ", expect: [" + String.join(", ", rows) + "]");
      } else {
        String indent = "\n" + " ".repeat(test.at().column() - 1);
        int end = text.indexOf('\n', block.end());
        end = end < 0 ? text.length() : end;
        String list =
            rows.isEmpty()
                ? " []"
                : rows.stream().map(row -> indent + "  - " + row).collect(Collectors.joining());
        edits.replace(end, end, indent + "expect:" + list);
      }
    }

    private static RowDifference told(RowDifference all) {
      List<Integer> kept =
          IntStream.range(0, all.columns().size())
              .filter(i -> all.actual().stream().anyMatch(row -> row.get(i) != null))
              .boxed()
              .toList();
      if (kept.isEmpty()) {
        return all;
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (List<@Nullable Object> row : all.actual()) {
        List<@Nullable Object> cells = new ArrayList<>();
        kept.forEach(i -> cells.add(row.get(i)));
        rows.add(cells);
      }
      return new RowDifference(
          kept.stream().map(all.columns()::get).toList(),
          List.of(),
          rows,
          all.lines(),
          all.same(),
          false);
    }
  }
}
