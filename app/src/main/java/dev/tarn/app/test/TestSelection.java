package dev.tarn.app.test;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.orchestrate.Selection;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Chooses tests by their models, as tables are chosen everywhere, and by their files.
public final class TestSelection {
  private final Blueprint blueprint;
  private final Problems problems;

  public TestSelection(Blueprint blueprint, Problems problems) {
    this.blueprint = blueprint;
    this.problems = problems;
  }

  /// No words choose all. Words that choose no table and no file are problems.
  public List<UnitTest> choose(List<String> words, List<UnitTest> tests) {
    if (words.isEmpty()) {
      return tests;
    }
    Set<String> known = new TreeSet<>(tests.stream().map(UnitTest::file).toList());
    Set<String> files = new TreeSet<>();
    List<String> tables = words.stream().filter(word -> !isFile(word)).toList();
    for (String word : words.stream().filter(TestSelection::isFile).toList()) {
      String file = word.replaceFirst("^\\./", "");
      if (known.contains(file)) {
        files.add(file);
      } else {
        problems.add(
            Location.file("'" + word + "'"),
            "is no file of tests",
            Suggestions.didYouMean(file, known));
      }
    }
    Set<TableName> models =
        tables.isEmpty()
            ? Set.of()
            : new Selection(blueprint.graph(), blueprint.project().tags()).choose(tables, problems);
    return tests.stream()
        .filter(test -> files.contains(test.file()) || models.contains(test.model()))
        .toList();
  }

  private static boolean isFile(String word) {
    return word.endsWith(".yml") || word.endsWith(".yaml");
  }
}
