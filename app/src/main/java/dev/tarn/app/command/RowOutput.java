package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Json;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.app.terminal.ValueText;
import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.RowSink;
import dev.tarn.vocabulary.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes rows as they come, to standard output or a file.
final class RowOutput {

  private RowOutput() {}

  /// @param format `table`, `csv`, `json` or `ndjson`
  /// @param limit the most rows of a table
  /// @param rows hands all rows to a sink
  static void write(Invocation invocation, String format, long limit, Consumer<RowSink> rows) {
    Optional<Path> file =
        invocation.option("--output").map(name -> invocation.folder().resolve(name));
    try (PrintStream out = open(invocation.console(), file)) {
      Console console = invocation.console();
      switch (format) {
        case "csv" -> rows.accept(new Csv(out));
        case "json" -> json(out, rows);
        case "ndjson" -> ndjson(out, rows);
        default -> table(console, out, limit, rows);
      }
      out.flush();
      if (out.checkError()) {
        throw Failure.retry(
            "the answer could not be written whole",
            "check the disk and the pipe",
            new IOException());
      }
    }
  }

  private static PrintStream open(Console console, Optional<Path> file) {
    try {
      if (file.isPresent()) {
        return new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(file.get()), 1 << 16),
            false,
            StandardCharsets.UTF_8);
      }
      OutputStream shared =
          new BufferedOutputStream(console.out(), 1 << 16) {
            @Override
            public void close() throws IOException {
              flush();
            }
          };
      return new PrintStream(shared, false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.input(
          file.map(Path::toString).orElse("standard output") + " can't be written",
          "choose another --output");
    }
  }

  private static void table(Console console, PrintStream out, long limit, Consumer<RowSink> rows) {
    Collected collected = new Collected(limit, console.terminalOut() ? 60 : 200);
    rows.accept(collected);
    out.print(collected.table().text(console));
    String more =
        collected.count > limit ? " (the first " + limit + " shown; --format csv writes all)" : "";
    console.news(collected.count + (collected.count == 1 ? " row" : " rows") + more);
  }

  private static void json(PrintStream out, Consumer<RowSink> rows) {
    Objects array = new Objects(out, "[", "\n", ",\n");
    rows.accept(array);
    out.print("\n]\n");
  }

  private static void ndjson(PrintStream out, Consumer<RowSink> rows) {
    Objects lines = new Objects(out, "", "", "\n");
    rows.accept(lines);
    out.print(lines.before.isEmpty() ? "" : "\n");
  }

  private static final class Collected implements RowSink {
    private final long limit;
    private final int cellLimit;
    private final List<List<String>> rows = new ArrayList<>();
    private List<EngineColumn> columns = List.of();
    private long count;

    Collected(long limit, int cellLimit) {
      this.limit = limit;
      this.cellLimit = cellLimit;
    }

    @Override
    public void columns(List<EngineColumn> names) {
      columns = List.copyOf(names);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      if (++count <= limit) {
        rows.add(values.stream().map(ValueText::shown).toList());
      }
    }

    TextTable table() {
      boolean[] numeric = new boolean[columns.size()];
      for (int i = 0; i < numeric.length; i++) {
        numeric[i] = ValueText.isNumeric(columns.get(i).type());
      }
      TextTable table =
          new TextTable(columns.stream().map(EngineColumn::name).toList(), numeric, cellLimit);
      rows.forEach(table::row);
      return table;
    }
  }

  private record Csv(PrintStream out) implements RowSink {
    @Override
    public void columns(List<EngineColumn> columns) {
      out.print(
          String.join(",", columns.stream().map(column -> ValueText.csv(column.name())).toList())
              + "\n");
    }

    @Override
    public void row(List<@Nullable Object> values) {
      out.print(String.join(",", values.stream().map(ValueText::csv).toList()) + "\n");
    }
  }

  /// Each row as an object; two columns of one name are told apart by a number, since an object has
  /// a key once.
  private static final class Objects implements RowSink {
    private final PrintStream out;
    private final String open;
    private final String between;
    private String before;
    private List<String> names = List.of();

    /// @param open what stands before all rows, once there is an answer: a question that fails gets
    ///   a document of its own instead
    Objects(PrintStream out, String open, String first, String between) {
      this.out = out;
      this.open = open;
      this.before = first;
      this.between = between;
    }

    @Override
    public void columns(List<EngineColumn> columns) {
      names = ValueText.distinct(columns.stream().map(EngineColumn::name).toList());
      out.print(open);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        object.put(names.get(i), values.get(i));
      }
      out.print(before + Json.text(object));
      before = between;
    }
  }
}
