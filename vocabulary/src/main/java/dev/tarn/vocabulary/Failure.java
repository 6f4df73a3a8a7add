package dev.tarn.vocabulary;

import java.util.List;
import java.util.stream.Collectors;

/// Work could not be done: every problem found, and who must act.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Remedy remedy;
  private final transient List<Problem> problems;

  public Failure(Remedy remedy, List<Problem> problems) {
    super(text(problems));
    this.remedy = remedy;
    this.problems = List.copyOf(problems);
  }

  public Failure(Remedy remedy, Problem problem, Throwable cause) {
    this(remedy, List.of(problem), cause);
  }

  public Failure(Remedy remedy, List<Problem> problems, Throwable cause) {
    super(text(problems), cause);
    this.remedy = remedy;
    this.problems = List.copyOf(problems);
  }

  /// The project or the command is wrong.
  public static Failure input(String what) {
    return input(what, "");
  }

  public static Failure input(String what, String fix) {
    return new Failure(Remedy.FIX_INPUT, List.of(Problem.of(what, fix)));
  }

  /// The data is wrong or damaged.
  public static Failure data(String what, String fix) {
    return new Failure(Remedy.FIX_DATA, List.of(Problem.of(what, fix)));
  }

  /// The same again may work.
  public static Failure retry(String what, String fix, Throwable cause) {
    return new Failure(Remedy.RETRY, Problem.of(what, fix), cause);
  }

  /// Tarn is wrong.
  public static Failure bug(String what, Throwable cause) {
    String fix = "this is a fault in Tarn: please report it with the log of the run";
    return new Failure(Remedy.REPORT_BUG, Problem.of(what, fix), cause);
  }

  /// Every problem, each with its place and remedy.
  @Override
  public String getMessage() {
    return text(problems);
  }

  public Remedy remedy() {
    return remedy;
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String text(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
