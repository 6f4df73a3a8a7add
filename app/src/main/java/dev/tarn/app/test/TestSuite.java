package dev.tarn.app.test;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.Analyzer;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.run.Opened;
import dev.tarn.engine.EngineSession;
import dev.tarn.sql.GuardSettings;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The unit tests of a project, held against what the project is, and carried out.
public final class TestSuite {
  private final Opened opened;
  private final ProjectReader reader;
  private final List<UnitTest> tests;

  /// @param reader reads the project again for tests that set variables
  public TestSuite(Opened opened, ProjectReader reader, List<UnitTest> tests) {
    this.opened = opened;
    this.reader = reader;
    this.tests = List.copyOf(tests);
  }

  /// Notes everything that is wrong with the tests.
  ///
  /// @param analysis the project with the variables it has
  /// @param warnings what a person should know that is no fault
  public void check(Analysis analysis, Problems problems, List<String> warnings) {
    if (tests.isEmpty()) {
      return;
    }
    try (SqlParser parser = new SqlParser()) {
      Clocks clocks = new Clocks(parser);
      bind(analysis, false, problems)
          .forEach(test -> clocks.warning(test).ifPresent(warnings::add));
    }
  }

  /// Carries the tests out, each told when it ends. Nothing is run when any of them is wrong.
  ///
  /// @param update whether a test may lack an expectation, since one will be written
  /// @param problems what is known to be wrong already
  public List<TestResult> run(
      Analysis analysis, boolean update, Problems problems, Consumer<TestResult> told) {
    List<BoundTest> bound = tests.isEmpty() ? List.of() : bind(analysis, update, problems);
    problems.throwIfAny();
    if (bound.isEmpty()) {
      return List.of();
    }
    List<TestResult> results = new ArrayList<>();
    try (EngineSession session = opened.engine().open()) {
      TestRun run = new TestRun(session, opened.clock());
      for (BoundTest test : bound) {
        TestResult result = run.run(test);
        told.accept(result);
        results.add(result);
      }
    }
    return results;
  }

  private List<BoundTest> bind(Analysis analysis, boolean update, Problems problems) {
    Map<Map<String, String>, Optional<Analysis>> variants = new HashMap<>();
    variants.put(Map.of(), Optional.of(analysis));
    List<BoundTest> bound = new ArrayList<>();
    try (EngineSession session = opened.engine().open();
        SqlParser parser = new SqlParser()) {
      SqlRows sql =
          new SqlRows(parser, new GuardSettings(opened.project().allowed().contains("files")));
      for (UnitTest test : tests) {
        if (test.expectation().isEmpty() && !update) {
          problems.add(
              test.at(),
              "nothing is expected of '" + test.name() + "'",
              "add  expect:  or let  tarn test --update  write what comes out");
        }
        variants
            .computeIfAbsent(test.vars(), vars -> variant(vars, parser, problems))
            .flatMap(known -> new TestBinding(known, session, sql, problems).bind(test))
            .ifPresent(bound::add);
      }
    }
    return bound;
  }

  /// The project with other values of variables; empty when it is wrong with them.
  private Optional<Analysis> variant(
      Map<String, String> vars, SqlParser parser, Problems problems) {
    Problems own = new Problems();
    try (EngineSession session = opened.engine().open()) {
      Analysis analysis =
          new Analyzer(
                  reader.withVars(vars).read(own), opened.lake(), opened.engine(), session, parser)
              .analyze(own, new ArrayList<>());
      problems.addAll(own.all());
      return own.isEmpty() ? Optional.of(analysis) : Optional.empty();
    }
  }
}
