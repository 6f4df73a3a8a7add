package dev.tarn.quality;

import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import java.util.List;

/// The names of checks as quarantined rows carry them.
public final class CheckNames {

  private CheckNames() {}

  /// Of those that quarantine; what is wrong with the list is left out.
  public static List<String> quarantining(List<Node> items) {
    return Checks.read(items, new Problems()).stream()
        .filter(DeclaredCheck::quarantines)
        .map(DeclaredCheck::name)
        .toList();
  }
}
