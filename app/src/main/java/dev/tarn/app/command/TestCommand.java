package dev.tarn.app.command;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.project.TestFile;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.Plain;
import dev.tarn.app.test.ComplaintText;
import dev.tarn.app.test.ExpectationUpdate;
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
import java.util.Set;
import java.util.stream.Collectors;

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
        List.of(
            Option.value("--junit", "FILE", "also write the results as JUnit XML, for CI"),
            Option.flag("--update", "write what comes out into the tests as what they expect")),
        """
        Each test gives rows for some of the tables that a model reads; the others are empty. The lake is neither read nor written.
        SELECT chooses tests by their models, as for run, or by their files. docs/tests.md tells how tests are written.\
        """,
        List.of(
            "tarn test                               # all of them",
            "tarn test silver.orders                 # the tests of one model",
            "tarn test tests/orders.yml --update     # accept what comes out, then read git diff",
            "tarn test --junit target/tests.xml      # for CI"),
        "tests");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    ProjectReader reader = opener.reader(invocation);
    Problems wrong = new Problems();
    List<TestFile> files = reader.tests(wrong);
    List<UnitTest> all = reading(project, wrong).tests(files);
    try (Opened opened = opener.look(project, problems)) {
      Analysis analysis = Opener.analysis(opened, problems, new ArrayList<>(), wrong);
      List<UnitTest> chosen =
          new TestSelection(analysis.blueprint(), wrong).choose(invocation.words(), all);
      TestSuite suite = new TestSuite(opened, reader, chosen);
      Instant start = opened.clock().instant();
      if (!invocation.has("--update")) {
        List<TestResult> results =
            suite.run(analysis, false, wrong, result -> show(invocation.console(), result, false));
        return report(invocation, opened, new Report(start, results, List.of(), Set.of()));
      }
      List<TestResult> before = suite.run(analysis, true, wrong, _ -> {});
      List<String> written = new ExpectationUpdate(project.folder()).write(files, before);
      return afterUpdate(
          invocation, opened, analysis, new Report(start, before, written, Set.of()));
    }
  }

  private static TestReading reading(Project project, Problems problems) {
    return new TestReading(project.folder(), project.vars(), problems);
  }

  /// Runs the tests as they are written now: what is still not as expected could not be updated.
  private int afterUpdate(Invocation invocation, Opened opened, Analysis analysis, Report before) {
    Problems problems = new Problems();
    ProjectReader reader = opener.reader(invocation);
    List<UnitTest> all = reading(opened.project(), problems).tests(reader.tests(problems));
    List<UnitTest> chosen =
        new TestSelection(analysis.blueprint(), problems).choose(invocation.words(), all);
    Set<String> failing =
        before.results.stream()
            .filter(result -> !result.passed())
            .map(TestCommand::nameOf)
            .collect(Collectors.toSet());
    List<TestResult> results =
        new TestSuite(opened, reader, chosen)
            .run(
                analysis,
                true,
                problems,
                result -> show(invocation.console(), result, failing.contains(nameOf(result))));
    before.written.forEach(file -> invocation.console().news("wrote " + file));
    return report(invocation, opened, new Report(before.start, results, before.written, failing));
  }

  private static String nameOf(TestResult result) {
    return result.test().file() + "\n" + result.test().name();
  }

  /// @param written the files that were updated
  /// @param failing the tests that were not as expected before
  private record Report(
      Instant start, List<TestResult> results, List<String> written, Set<String> failing) {}

  private static int report(Invocation invocation, Opened opened, Report report) {
    Duration took = Duration.between(report.start, opened.clock().instant());
    invocation
        .option("--junit")
        .ifPresent(file ->
            new JunitReport(report.start).write(invocation.folder().resolve(file), report.results));
    summary(invocation.console(), report.results, took);
    invocation
        .console()
        .document(
            TestDocument.of(
                report.results,
                result -> report.failing.contains(nameOf(result)),
                report.written,
                took));
    return report.results.stream().allMatch(TestResult::passed) ? WELL : FAILED;
  }

  private static void show(Console console, TestResult result, boolean updated) {
    UnitTest test = result.test();
    String tail =
        console.paint(
            Paint.FAINT,
            "  ("
                + test.model()
                + ", "
                + Timings.text(result.took())
                + (updated && result.passed() ? ", updated" : "")
                + ")");
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
