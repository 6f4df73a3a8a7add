package dev.tarn.app.command;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.Plain;
import dev.tarn.app.test.ComplaintText;
import dev.tarn.app.test.JunitReport;
import dev.tarn.app.test.TestDocument;
import dev.tarn.app.test.TestReading;
import dev.tarn.app.test.TestResult;
import dev.tarn.app.test.TestSelection;
import dev.tarn.app.test.TestSuite;
import dev.tarn.app.test.UnitTest;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Carries out the unit tests of models.
public final class TestCommand implements Command {
  private final Opener opener;

  public TestCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "test",
        "Tests models on given rows: what comes out is compared with what tests/*.yml expect",
        "[SELECT…]",
        0,
        1000,
        List.of(Option.value("--junit", "FILE", "also write the results as JUnit XML, for CI")),
        """
        Each test gives rows for some of the tables that a model reads; the others are empty. The lake is neither read nor written.
        SELECT chooses tests by their models, as for run, or by their files. docs/tests.md tells how tests are written.\
        """,
        List.of(
            "tarn test                               # all of them",
            "tarn test silver.orders                 # the tests of one model",
            "tarn test tests/orders.yml              # the tests of one file",
            "tarn test --junit target/tests.xml      # for CI"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    ProjectReader reader = opener.reader(invocation);
    List<UnitTest> all =
        new TestReading(project.folder(), project.vars(), problems).tests(reader.tests(problems));
    try (Opened opened = opener.look(project, problems)) {
      Analysis analysis = Opener.blueprints(opened).analysis(problems, new ArrayList<>());
      List<UnitTest> chosen =
          new TestSelection(analysis.blueprint(), problems).choose(invocation.words(), all);
      problems.throwIfAny();
      return run(invocation, opened, analysis, new TestSuite(opened, reader, chosen));
    }
  }

  private static int run(Invocation invocation, Opened opened, Analysis analysis, TestSuite suite) {
    Console console = invocation.console();
    Instant start = opened.clock().instant();
    List<TestResult> results =
        suite.run(analysis, invocation.has("--update"), result -> show(console, result));
    Duration took = Duration.between(start, opened.clock().instant());
    invocation
        .option("--junit")
        .ifPresent(
            file -> new JunitReport(start).write(invocation.folder().resolve(file), results));
    summary(console, results, took);
    console.document(TestDocument.of(results, List.of(), took));
    return results.stream().allMatch(TestResult::passed) ? WELL : FAILED;
  }

  private static void show(Console console, TestResult result) {
    UnitTest test = result.test();
    String tail =
        console.paint(Paint.FAINT, "  (" + test.model() + ", " + Timings.text(result.took()) + ")");
    String name = Plain.line(test.name()) + tail;
    if (result.passed()) {
      console.news(console.paint(Paint.GREEN, "✓ ") + test.file() + "  " + name);
      return;
    }
    console.line(console.paint(Paint.RED, "✗ ") + test.at() + "  " + name);
    ComplaintText.of(result).forEach(line -> console.line("    " + painted(console, line)));
  }

  private static String painted(Console console, String line) {
    String sign = line.startsWith("  ") ? line.strip() : "";
    return sign.startsWith("- ")
        ? console.paint(Paint.RED, line)
        : sign.startsWith("+ ")
            ? console.paint(Paint.GREEN, line)
            : sign.startsWith("~ ") ? console.paint(Paint.YELLOW, line) : line;
  }

  private static void summary(Console console, List<TestResult> results, Duration took) {
    if (results.isEmpty()) {
      console.line("there are no tests to run: write some into tests/, as docs/tests.md tells");
      return;
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    String all = results.size() == 1 ? "1 test" : results.size() + " tests";
    console.line(
        (failed == 0
                ? console.paint(Paint.GREEN, "✓ ") + all + " passed"
                : console.paint(Paint.RED, "✗ ") + failed + " of " + all + " failed")
            + " in "
            + Timings.text(took));
  }
}
