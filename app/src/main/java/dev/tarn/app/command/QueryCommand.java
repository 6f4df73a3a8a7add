package dev.tarn.app.command;

import dev.tarn.app.ask.Question;
import dev.tarn.app.run.LazySession;
import dev.tarn.app.run.Opened;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.AsOf;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Asks.
public final class QueryCommand implements Command {
  private final Opener opener;

  public QueryCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "query",
        "Asks: one SELECT over the lake and Tarn's own tables",
        "SQL",
        1,
        1,
        List.of(
            Option.choice(
                "--format",
                "how rows are written; default: table",
                "table",
                "csv",
                "json",
                "ndjson",
                "parquet"),
            Option.value(
                "--output", "FILE", "write there instead of standard output (parquet needs it)"),
            Option.value("--as-of", "T|SNAPSHOT|TAG", "ask the tables as they were"),
            Option.value("--limit", "N", "the most rows of a table format; default: 10000")),
        """
        The dialect is DuckDB's. Tables are named layer.name; `system` holds Tarn's own: runs, steps, checks, sources, drift,
        lineage, tables, columns, snapshots, files, branches. csv has a header row, NULL is empty; json and ndjson write exact decimals
        beyond 15 digits as texts. --json is --format json.\
        """,
        List.of(
            "tarn query \"SELECT * FROM gold.daily_revenue ORDER BY 1 DESC LIMIT 10\"",
            "tarn query \"SELECT * FROM system.checks WHERE NOT passed\"",
            "tarn query \"SELECT count(*) FROM silver.orders\" --as-of 2026-01-31",
            "tarn query \"FROM gold.dim_customer\" --format parquet --output customers.parquet"),
        "");
  }

  @Override
  public int run(Invocation invocation) {
    String format = format(invocation);
    AsOf asOf = invocation.option("--as-of").map(AsOfText::parse).orElse(new AsOf.Current());
    String sql = invocation.words().getFirst();
    return opener.with(
        invocation,
        opened -> {
          try (LazySession session = opened.session();
              SqlParser parser = new SqlParser()) {
            ready(new Question(opened, session, parser, asOf), sql);
            try (EngineConnection connection = session.connect()) {
              answer(invocation, connection, sql, format, opened);
            } catch (Failure failure) {
              throw placed(failure);
            }
            return WELL;
          }
        });
  }

  private static String format(Invocation invocation) {
    boolean json = invocation.console().json();
    String format = invocation.option("--format").orElse(json ? "json" : "table");
    if (json && !format.endsWith("json") && !invocation.has("--output")) {
      throw Failure.input(
          "--json and --format " + format + " contradict each other",
          "leave one of them out, or write the rows to a file with --output FILE");
    }
    return format;
  }

  private static void ready(Question question, String sql) {
    try {
      question.ready(sql);
    } catch (Failure failure) {
      throw placed(failure);
    }
  }

  private static Failure placed(Failure failure) {
    return new Failure(
        failure.remedy(), failure.problems().stream().map(QueryCommand::placed).toList(), failure);
  }

  /// The engine knows a place in the question, not what to call the question.
  private static Problem placed(Problem problem) {
    return new Problem(
        problem.what(),
        problem
            .where()
            .map(at -> at.file().isEmpty() ? new Location("query", at.line(), at.column()) : at),
        problem.fix());
  }

  private static void answer(
      Invocation invocation,
      EngineConnection connection,
      String sql,
      String format,
      Opened opened) {
    if (format.equals("parquet")) {
      Path output =
          invocation
              .option("--output")
              .map(file -> opened.project().folder().resolve(file))
              .orElseThrow(
                  () -> Failure.input("parquet is not for the screen", "add --output FILE"));
      ParquetOutput.write(connection, sql, output);
    } else {
      RowOutput.write(invocation, format, limit(invocation), sink -> connection.stream(sql, sink));
    }
    invocation
        .option("--output")
        .ifPresent(file -> invocation.console().document(Map.of("ok", true, "output", file)));
  }

  private static long limit(Invocation invocation) {
    return Numbers.positive(invocation, "--limit", 10_000);
  }
}
