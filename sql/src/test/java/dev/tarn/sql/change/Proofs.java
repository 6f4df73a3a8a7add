package dev.tarn.sql.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Proves many cases and sums up.
final class Proofs {
  /// Where cases are kept that failed once.
  static final Path KEPT = Path.of("src/test/resources/golden/change");

  private final ChangeLab lab;
  private final Path failures;
  private final Map<String, Share> shares = new TreeMap<>();
  private final Map<String, Integer> reasons = new HashMap<>();
  private final Map<String, Integer> unfit = new HashMap<>();
  private final List<String> different = new ArrayList<>();
  private final List<Long> open = new ArrayList<>();
  private int cases;
  private Share all = new Share(0, 0);

  /// How many steps were followed, and how many were computed anew.
  record Share(int followed, int stopped) {
    Share and(int more, int less) {
      return new Share(followed + more, stopped + less);
    }

    int steps() {
      return followed + stopped;
    }

    int percent() {
      return steps() == 0 ? 100 : 100 * followed / steps();
    }
  }

  /// @param failures the folder to which shrunk failing cases are written
  Proofs(ChangeLab lab, Path failures) {
    this.lab = lab;
    this.failures = failures;
  }

  void prove(String name, ProofCase given, Set<String> shapes) throws SQLException, IOException {
    cases++;
    switch (Proof.of(lab, given)) {
      case Proof.Verdict.Equal(int followed, List<String> stopped) -> {
        all = all.and(followed, stopped.size());
        for (String shape : shapes) {
          shares.merge(
              shape,
              new Share(followed, stopped.size()),
              (a, b) -> a.and(b.followed(), b.stopped()));
        }
        stopped.forEach(
            reason -> reasons.merge(reason.replaceAll("^.*: ", "…: "), 1, Integer::sum));
      }
      case Proof.Verdict.Different(int step, String how, String what) ->
          different.add(shrunk(name, given, "step " + step + ", " + how + ": " + what));
      case Proof.Verdict.Open() -> open.add((long) cases);
      case Proof.Verdict.Unfit(String why) -> {
        unfit.merge(why.lines().findFirst().orElse(""), 1, Integer::sum);
        if (why.contains("INTERNAL")) {
          lab.restart();
        }
      }
    }
  }

  private String shrunk(String name, ProofCase failing, String what)
      throws SQLException, IOException {
    ProofCase small = Shrinker.shrunk(lab, failing);
    Files.createDirectories(failures);
    Path file = failures.resolve(name + ".txt");
    Files.writeString(file, small.text());
    return file + "\n" + what + "\n" + small.text();
  }

  int cases() {
    return cases;
  }

  List<String> different() {
    return List.copyOf(different);
  }

  int open() {
    return open.size();
  }

  int unfit() {
    return unfit.values().stream().mapToInt(Integer::intValue).sum();
  }

  Share all() {
    return all;
  }

  Map<String, Share> shares() {
    return Map.copyOf(shares);
  }

  String inOneLine() {
    return String.format(
        Locale.ROOT,
        "%,d cases: %,d steps followed, %,d computed anew (%d%% followed), %d different, %d open, %d unfit",
        cases,
        all.followed(),
        all.stopped(),
        all.percent(),
        different.size(),
        open(),
        unfit());
  }

  String report() {
    StringBuilder out = new StringBuilder(inOneLine()).append("\n\nfollowed, of all steps\n");
    shares.forEach((shape, share) ->
        out.append(
            String.format(
                Locale.ROOT, "  %-22s %3d%% of %,d%n", shape, share.percent(), share.steps())));
    listed("computed anew, because of", reasons, out);
    listed("not computed by the engine", unfit, out);
    return out.toString();
  }

  private static void listed(String title, Map<String, Integer> counts, StringBuilder out) {
    out.append('\n').append(title).append('\n');
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(25)
        .forEach(entry ->
            out.append("  ")
                .append(entry.getValue())
                .append(" × ")
                .append(entry.getKey())
                .append('\n'));
  }
}
