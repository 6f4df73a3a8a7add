package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.quality.Scaffold;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Proposes a model to begin from.
public final class ScaffoldCommand implements Command {
  private static final String SILVER = "silver";

  private final Profiling profiling;

  public ScaffoldCommand(Opener opener) {
    this.profiling = new Profiling(opener);
  }

  @Override
  public Usage usage() {
    return new Usage(
        "scaffold",
        "Proposes a typed silver model for a bronze table, from what is in it",
        "silver TABLE",
        2,
        2,
        List.of(Option.flag("--write", "write it to models/silver/NAME.sql, unless there is one")),
        """
        Reads every row of the table. Types, key and checks are what today's rows suggest: a beginning for you to go on from.
        A value that can't be cast becomes NULL; a comment says where that loses any.\
        """,
        List.of("tarn scaffold silver bronze.orders", "tarn scaffold silver bronze.orders --write"),
        "scaffold");
  }

  @Override
  public int run(Invocation invocation) {
    String layer = invocation.words().getFirst();
    if (!layer.equals(SILVER)) {
      throw Failure.input("'" + layer + "' can't be scaffolded", "tarn scaffold silver TABLE");
    }
    TableName table = TableName.parse(invocation.words().get(1));
    String file = "models/silver/" + table.name() + ".sql";
    return profiling.of(
        invocation,
        table,
        (profiler, profile) -> {
          String sql = new Scaffold(profiler).silver(profile);
          boolean write = invocation.has("--write");
          if (write) {
            write(invocation.folder().resolve(file), file, sql);
          }
          show(invocation.console(), new Proposal(table, file, sql, write));
        });
  }

  private record Proposal(TableName table, String file, String sql, boolean written) {}

  private static void write(Path path, String file, String sql) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, sql, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw Failure.input(
          file + " exists already", "leave --write away to see the proposal, or move the file");
    } catch (IOException e) {
      throw Failure.input(
          file + " can't be written: " + e.getMessage(), "check the disk and the folder's rights");
    }
  }

  private static void show(Console console, Proposal proposal) {
    if (proposal.written()) {
      console.line(console.paint(Paint.GREEN, "✓ ") + "wrote " + proposal.file());
      console.line("  read it, then: tarn check && tarn run");
    } else {
      console.line(proposal.sql().stripTrailing());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("table", proposal.table().toString());
    document.put("model", new TableName(SILVER, proposal.table().name()).toString());
    document.put("file", proposal.file());
    document.put("written", proposal.written());
    document.put("sql", proposal.sql());
    console.document(document);
  }
}
