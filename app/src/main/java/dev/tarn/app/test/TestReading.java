package dev.tarn.app.test;

import dev.tarn.app.project.TestFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the unit tests of a project; every problem is noted, and what is wrong left out.
public final class TestReading {
  private final Map<String, String> vars;
  private final Problems problems;
  private final RowsReading rows;
  private final Map<String, Location> names = new HashMap<>();

  /// @param folder of the project
  /// @param vars the variables of the project
  public TestReading(Path folder, Map<String, String> vars, Problems problems) {
    this.vars = vars;
    this.problems = problems;
    this.rows = new RowsReading(folder, problems);
  }

  /// All tests of all files, in order.
  public List<UnitTest> tests(List<TestFile> files) {
    List<UnitTest> tests = new ArrayList<>();
    for (TestFile file : files) {
      names.clear();
      List<Node> items =
          file.content() instanceof Node.Sequence list ? list.items() : List.of(file.content());
      items.forEach(item -> test(item).ifPresent(tests::add));
    }
    return List.copyOf(tests);
  }

  private Optional<UnitTest> test(Node item) {
    if (!(item instanceof Node.Mapping mapping)) {
      problems.add(
          item.at(), "a test is a block of keys, not " + item.kind(), "begin it with  - name: …");
      return Optional.empty();
    }
    Settings block = new Settings(mapping, problems);
    String name = name(block);
    block.text("description");
    Optional<TableName> model = model(block);
    Optional<Instant> now = now(block);
    Map<String, String> others = vars(block);
    List<Given> given = given(block);
    Optional<Expectation> expectation =
        block.node("expect").map(node -> new ExpectationReading(rows, problems).read(node));
    block.done();
    return model.map(table ->
        new UnitTest(
            name,
            block.at(),
            table,
            valueAt(block, "model"),
            now,
            others,
            given,
            expectation,
            nothingExpected(block)));
  }

  private static Optional<Location> nothingExpected(Settings block) {
    return block.entries().stream()
        .filter(entry -> entry.key().equals("expect"))
        .map(Node.Entry::value)
        .filter(value -> value instanceof Node.Scalar scalar && scalar.isNull())
        .map(Node::at)
        .findFirst();
  }

  private static Location valueAt(Settings block, String key) {
    return block.node(key).map(Node::at).orElse(block.at());
  }

  private String name(Settings block) {
    String name = block.requiredText("name").strip();
    Location earlier = names.putIfAbsent(name, block.at());
    if (earlier != null && !name.isEmpty()) {
      block.problem(
          "name",
          "a test of this name begins on line " + earlier.line(),
          "say what is different about this one");
    }
    return name;
  }

  private Optional<TableName> model(Settings block) {
    String written = block.requiredText("model");
    return written.isEmpty() ? Optional.empty() : table(written, valueAt(block, "model"));
  }

  private Optional<TableName> table(String written, Location at) {
    try {
      return Optional.of(TableName.parse(written.strip()));
    } catch (Failure _) {
      problems.add(at, "'" + written + "' is not a table", "write layer.name, as in silver.orders");
      return Optional.empty();
    }
  }

  private Optional<Instant> now(Settings block) {
    return block
        .text("now")
        .flatMap(text -> {
          try {
            return Optional.of(Values.zoned(text).toInstant());
          } catch (DateTimeException _) {
            problems.add(
                valueAt(block, "now"), "'" + text + "' is no time", "such as 2024-05-01T12:00:00Z");
            return Optional.empty();
          }
        });
  }

  private Map<String, String> vars(Settings block) {
    Map<String, String> others = new LinkedHashMap<>();
    for (Node.Entry entry : block.block("vars").map(Settings::entries).orElse(List.of())) {
      if (!vars.containsKey(entry.key())) {
        problems.add(
            entry.at(),
            "the project has no variable '" + entry.key() + "'",
            vars.isEmpty()
                ? "add it under vars: in tarn.yml"
                : Suggestions.didYouMean(entry.key(), vars.keySet()));
      }
      if (entry.value() instanceof Node.Scalar scalar) {
        others.put(entry.key(), scalar.text());
      } else {
        problems.add(entry.at(), "a variable is a single value", "");
      }
    }
    return others;
  }

  private List<Given> given(Settings block) {
    Optional<Node> written = block.node("given");
    if (written.isPresent() && !(written.get() instanceof Node.Mapping)) {
      problems.add(
          written.get().at(),
          "'given' is a block of tables, not " + written.get().kind(),
          "write  bronze.orders:  and its rows below it");
      return List.of();
    }
    List<Given> given = new ArrayList<>();
    for (Node.Entry entry : block.block("given").map(Settings::entries).orElse(List.of())) {
      Optional<TableName> table = table(entry.key(), entry.at());
      Optional<WrittenRows> told = rows.of(entry.value());
      if (table.isPresent() && told.isPresent()) {
        given.add(new Given(table.get(), entry.at(), told.get()));
      }
    }
    return given;
  }
}
