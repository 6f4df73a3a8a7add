package dev.tarn.app.command;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.plan.KnownSource;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.run.ModelProof;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.test.TestReading;
import dev.tarn.app.test.TestSuite;
import dev.tarn.app.test.UnitTest;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Validates the whole project without touching data.
public final class CheckCommand implements Command {
  private static final int CASES = 20;

  private final Opener opener;

  public CheckCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "check",
        "Validates everything without running: YAML, SQL, columns, types, graph, checks, tests",
        "",
        0,
        0,
        List.of(
            Option.value(
                "--prove",
                "MODEL",
                "try on samples of its tables whether refreshing by changes gives what a recompute gives"),
            Option.value(
                "--cases", "N", "how many random changes --prove tries; default: " + CASES)),
        """
        Reads every file of the project and reports all problems at once, each with its place and a remedy.
        Knows the columns and types of every table through the whole graph. Touches no data.
        --prove goes further: samples of the tables that a model reads change at random, rows going, coming and changing, and each
        time the result that follows the change is compared with the query's own. The lake stays as it is.\
        """,
        List.of(
            "tarn check                     # before every commit",
            "tarn check --json | jq .problems",
            "tarn check --prove gold.daily_revenue   # is it refreshed by changes, and rightly?"),
        "");
  }

  @Override
  public int run(Invocation invocation) {
    int cases = Numbers.positive(invocation, "--cases", CASES);
    Optional<TableName> proved = invocation.option("--prove").map(TableName::parse);
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    ProjectReader reader = opener.reader(invocation);
    Problems wrong = new Problems();
    List<UnitTest> tests =
        new TestReading(project.folder(), project.vars(), wrong).tests(reader.tests(wrong));
    List<String> warnings = new ArrayList<>();
    try (Opened opened = opener.look(project, problems)) {
      Analysis analysis = Opener.analysis(opened, problems, warnings, wrong);
      new TestSuite(opened, reader, tests).check(analysis, wrong, warnings);
      wrong.throwIfAny();
      warnings.addAll(outdated(analysis, opened));
      Optional<ModelProof.Proof> proof =
          proved.map(model -> new ModelProof(opened, analysis).of(model, cases));
      show(invocation.console(), analysis, tests.size(), warnings, proof);
      return proof.flatMap(one -> one.report().different()).isPresent() ? FAILED : WELL;
    } catch (Failure failure) {
      invocation.console().failure(failure);
      summary(invocation.console(), failure);
      return Commands.status(failure);
    }
  }

  private static List<String> outdated(Analysis analysis, Opened opened) {
    return analysis.blueprint().sources().stream()
        .map(KnownSource::source)
        .filter(source -> source.outdated(opened.lake()) > 0)
        .map(source -> OutdatedText.of(source.table(), source.outdated(opened.lake())))
        .toList();
  }

  private static void summary(Console console, Failure failure) {
    int count = failure.problems().size();
    console.news(count == 1 ? "1 problem" : count + " problems");
  }

  private static void show(
      Console console,
      Analysis analysis,
      int tests,
      List<String> warnings,
      Optional<ModelProof.Proof> proof) {
    List<KnownSource> sources = analysis.blueprint().sources();
    List<KnownModel> models = analysis.blueprint().models();
    int checks =
        sources.stream().mapToInt(source -> source.checks().size()).sum()
            + models.stream().mapToInt(model -> model.checks().size()).sum();
    warnings.forEach(warning -> console.news(console.paint(Paint.YELLOW, "warning ") + warning));
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + sources.size()
            + " sources, "
            + models.size()
            + " models, "
            + checks
            + " checks, "
            + tests
            + " tests: all well");
    proof.map(ProofText::lines).orElse(List.of()).forEach(console::line);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("sources", sources.size());
    document.put("models", models.size());
    document.put("checks", checks);
    document.put("tests", tests);
    document.put("warnings", warnings);
    document.put("tables", tables(analysis.schemas()));
    proof.ifPresent(one -> document.put("proof", ProofText.document(one)));
    console.document(document);
  }

  private static List<Map<String, Object>> tables(Map<TableName, Schema> schemas) {
    List<Map<String, Object>> tables = new ArrayList<>();
    new TreeMap<>(schemas)
        .forEach((table, schema) ->
            tables.add(
                Map.of(
                    "table",
                    table.toString(),
                    "columns",
                    schema.columns().stream().map(CheckCommand::column).toList())));
    return tables;
  }

  private static Map<String, Object> column(Column column) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", column.name());
    values.put("type", column.type().sql());
    return values;
  }
}
