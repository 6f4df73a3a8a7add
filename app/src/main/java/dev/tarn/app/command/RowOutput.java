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

/// Writes rows as they come, to standard output or a file. JSON on standard output is held back
/// until it is whole, and a file appears only when it is whole; the other formats stream.
final class RowOutput {

  private RowOutput() {}

  /// @param format `table`, `csv`, `json` or `ndjson`
  /// @param limit the most rows of a table
  /// @param rows hands all rows to a sink
  static void write(Invocation invocation, String format, long limit, Consumer<RowSink> rows) {
    Console console = invocation.console();
    Optional<Path> output =
        invocation.option("--output").map(name -> invocation.folder().resolve(name));
    if (output.isPresent()) {
      toFile(console, output.get(), format, limit, rows);
    } else if (format.equals("json")) {
      heldBack(console, limit, rows);
    } else {
      print(console, shared(console), format, limit, rows);
    }
  }

  private static void toFile(
      Console console, Path output, String format, long limit, Consumer<RowSink> rows) {
    try (Unfinished file = Unfinished.of(output)) {
      OutputStream to = new BufferedOutputStream(Files.newOutputStream(file.path()), 1 << 16);
      print(console, to, format, limit, rows);
      file.finish();
    } catch (IOException e) {
      throw Failure.input(output + " can't be written", "choose another --output");
    }
  }

  private static void heldBack(Console console, long limit, Consumer<RowSink> rows) {
    try (HeldBack held = new HeldBack()) {
      PrintStream out = new PrintStream(held, false, StandardCharsets.UTF_8);
      lines(console, out, "json", limit, rows);
      wrote(out);
      held.release(console.out());
    } catch (IOException e) {
      throw Failure.retry("the answer could not be written whole", "check the disk", e);
    }
  }

  private static void print(
      Console console, OutputStream to, String format, long limit, Consumer<RowSink> rows) {
    try (PrintStream out = new PrintStream(to, false, StandardCharsets.UTF_8)) {
      lines(console, out, format, limit, rows);
      wrote(out);
    }
  }

  private static void lines(
      Console console, PrintStream out, String format, long limit, Consumer<RowSink> rows) {
    switch (format) {
      case "csv" -> rows.accept(new Csv(out));
      case "json" -> json(out, rows);
      case "ndjson" -> rows.accept(new Objects(out, "", "", "\n"));
      default -> table(console, out, limit, rows);
    }
  }

  private static void wrote(PrintStream out) {
    if (out.checkError()) {
      throw Failure.retry(
          "the answer could not be written whole",
          "check the disk and the pipe",
          new IOException());
    }
  }

  /// Standard output, which stays open.
  private static OutputStream shared(Console console) {
    return new BufferedOutputStream(console.out(), 1 << 16) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
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
    out.print("[");
    Objects array = new Objects(out, "\n", ",\n", "");
    rows.accept(array);
    out.print("\n]\n");
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
    private final String between;
    private final String after;
    private String before;
    private List<String> names = List.of();

    /// @param first what stands before the first row
    /// @param between what stands before every other
    /// @param after what stands after each
    Objects(PrintStream out, String first, String between, String after) {
      this.out = out;
      this.before = first;
      this.between = between;
      this.after = after;
    }

    @Override
    public void columns(List<EngineColumn> columns) {
      names = ValueText.distinct(columns.stream().map(EngineColumn::name).toList());
    }

    @Override
    public void row(List<@Nullable Object> values) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        object.put(names.get(i), values.get(i));
      }
      out.print(before + Json.text(object) + after);
      before = between;
    }
  }
}
