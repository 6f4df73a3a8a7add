package dev.tarn.sql.change;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;

/// Proves as many random cases as it is told to: `-n=CASES -seed=FIRST`.
public final class Prove {
  private static final int TOLD_EVERY = 100;

  private Prove() {}

  /// Exits with 1 when a change was followed to another result than a recompute gives.
  public static void main(String[] arguments) throws SQLException, IOException {
    int cases = 1_000;
    long seed = 0;
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      switch (argument.substring(0, argument.indexOf('=') + 1)) {
        case "-n=" -> cases = Integer.parseInt(value);
        case "-seed=" -> seed = Long.parseLong(value);
        case String _ -> throw new IllegalArgumentException(argument + ": write -n=10000 -seed=1");
      }
    }
    System.exit(proven(cases, seed, System.out) ? 0 : 1);
  }

  private static boolean proven(int cases, long seed, PrintStream out)
      throws SQLException, IOException {
    try (ChangeLab lab = new ChangeLab()) {
      Proofs proofs = new Proofs(lab, Path.of("sql").resolve(Proofs.KEPT));
      int told = 0;
      for (long i = seed; i < seed + cases; i++) {
        CaseDice.Thrown thrown = CaseDice.of(i);
        proofs.prove("seed-" + i, thrown.made(), thrown.shapes());
        for (; told < proofs.different().size(); told++) {
          out.println("\n✗ " + proofs.different().get(told));
        }
        if (proofs.cases() % TOLD_EVERY == 0) {
          out.println(proofs.inOneLine());
        }
      }
      out.println("\n" + proofs.report());
      return proofs.different().isEmpty();
    }
  }
}
