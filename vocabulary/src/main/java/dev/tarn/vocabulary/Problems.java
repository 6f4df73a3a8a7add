package dev.tarn.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A list that problems are added to while work goes on, so that all are reported at once.
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public void add(Location where, String what, String fix) {
    add(Problem.at(where, what, fix));
  }

  public void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Problem> all() {
    return List.copyOf(found);
  }

  /// Throws all that was found together with what failed after it, if anything was found.
  public void throwWith(Failure failure) {
    if (!found.isEmpty()) {
      addAll(failure.problems());
      throw new Failure(Remedy.FIX_INPUT, sorted(), failure);
    }
  }

  /// Throws all that was found, if anything was: file by file, and each from top to bottom.
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, sorted());
    }
  }

  private List<Problem> sorted() {
    List<String> files = found.stream().map(Problems::file).distinct().toList();
    return found.stream()
        .sorted(
            Comparator.<Problem>comparingInt(problem -> files.indexOf(file(problem)))
                .thenComparingInt(problem -> problem.where().map(Location::line).orElse(0))
                .thenComparingInt(problem -> problem.where().map(Location::column).orElse(0)))
        .toList();
  }

  private static String file(Problem problem) {
    return problem.where().map(Location::file).orElse("");
  }
}
