package dev.tarn.vocabulary;

import java.util.ArrayList;
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

  /// Throws all that was found, if anything was.
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, found);
    }
  }
}
