package dev.tarn.app.command;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;

/// Reads tables as they are typed.
final class TableNames {

  private TableNames() {}

  /// All that is wrong at once.
  static List<TableName> of(List<String> words) {
    Problems problems = new Problems();
    List<TableName> names = new ArrayList<>();
    for (String word : words) {
      try {
        names.add(TableName.parse(word));
      } catch (Failure failure) {
        problems.addAll(failure.problems());
      }
    }
    problems.throwIfAny();
    return names;
  }
}
