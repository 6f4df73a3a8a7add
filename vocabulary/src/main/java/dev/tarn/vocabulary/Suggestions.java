package dev.tarn.vocabulary;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the known name that is nearest to what was typed.
public final class Suggestions {

  private Suggestions() {}

  /// `did you mean 'x'?`, or the known names when none is near, or nothing when there are none.
  public static String didYouMean(String typed, Collection<String> known) {
    return nearest(typed, known)
        .map(name -> "did you mean '" + name + "'?")
        .orElseGet(() -> known.isEmpty() ? "" : "known: " + listing(known));
  }

  /// The nearest known name by edit distance, if it is near enough to be a slip.
  public static Optional<String> nearest(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, Math.min(4, wanted.length() / 3));
    return known.stream()
        .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT), limit)))
        .filter(candidate -> candidate.distance <= limit)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private static String listing(Collection<String> known) {
    String shown = String.join(", ", known.stream().limit(12).toList());
    return known.size() > 12 ? shown + " and " + (known.size() - 12) + " more" : shown;
  }

  /// Optimal string alignment distance (insert, delete, replace, swap of neighbours), cut off
  /// beyond `limit`.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private record Candidate(String name, int distance) {}
}
