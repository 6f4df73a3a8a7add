package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what a test expects.
final class ExpectationReading {
  private static final List<String> WORDS =
      List.of("passed", "failed", "blocked", "warned", "quarantined");

  private final RowsReading rows;
  private final Problems problems;

  ExpectationReading(RowsReading rows, Problems problems) {
    this.rows = rows;
    this.problems = problems;
  }

  /// A list is short for `rows:`.
  Expectation read(Node node) {
    if (node instanceof Node.Sequence) {
      return new Expectation(
          node.at(),
          new ExpectedRows(node.at(), rows.of(node), OptionalLong.empty(), node.at()),
          false,
          Expectation.TOLERANCE,
          List.of(),
          ExpectedRows.none(node.at()),
          Optional.empty());
    }
    Settings block = Settings.block(node, problems);
    Expectation read =
        new Expectation(
            block.at(),
            rows(block),
            block.flag("ordered", false),
            tolerance(block),
            checks(block),
            quarantined(block),
            block.text("error"));
    block.done();
    if (node instanceof Node.Mapping
        && read.isEmpty()
        && block.entries().stream().allMatch(ExpectationReading::saysNothing)) {
      problems.add(
          block.at(),
          "nothing is expected here",
          "add  rows:, csv:, file:, sql:, count:, checks:, quarantined:  or  error:");
    }
    if (read.error().isPresent() && !(read.rows().isEmpty() && !read.judges())) {
      block.problem(
          "error", "a model that fails has no rows and no checks", "keep error: or the others");
    }
    return read;
  }

  private static boolean saysNothing(Node.Entry entry) {
    boolean option = entry.key().equals("ordered") || entry.key().equals("tolerance");
    return option
        || switch (entry.value()) {
          case Node.Scalar scalar -> scalar.isNull();
          case Node.Sequence list -> list.items().isEmpty();
          case Node.Mapping block -> block.entries().isEmpty();
        };
  }

  private ExpectedRows rows(Settings block) {
    OptionalLong count = number(block.number("count", 0, Long.MAX_VALUE));
    Location countAt = block.node("count").map(Node::at).orElse(block.at());
    String key =
        block.entries().stream()
            .map(Node.Entry::key)
            .filter(RowsReading.KEYS::contains)
            .findFirst()
            .orElse("count");
    return new ExpectedRows(block.at(key), rows.in(block), count, countAt);
  }

  private static OptionalLong number(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static double tolerance(Settings block) {
    Optional<Double> share = block.decimal("tolerance").map(Number::doubleValue);
    if (share.filter(value -> value < 0 || value >= 1).isPresent()) {
      block.problem(
          "tolerance", "'tolerance' is a share of the number, from 0 up to 1", "such as 1e-6");
    }
    return share.orElse(Expectation.TOLERANCE);
  }

  /// Rows in any form, or how many.
  private ExpectedRows quarantined(Settings block) {
    Optional<Node> node = block.node("quarantined");
    if (node.isEmpty()) {
      return ExpectedRows.none(block.at());
    }
    Location at = block.at("quarantined");
    if (node.get() instanceof Node.Scalar) {
      return new ExpectedRows(
          at,
          Optional.empty(),
          number(block.number("quarantined", 0, Long.MAX_VALUE)),
          node.get().at());
    }
    return new ExpectedRows(at, rows.of(node.get()), OptionalLong.empty(), node.get().at());
  }

  /// One word for all, or a word, a number of failures, or both for each.
  private List<ExpectedCheck> checks(Settings block) {
    Optional<Node> node = block.node("checks");
    if (node.isPresent() && node.get() instanceof Node.Scalar scalar) {
      return List.of(check(block.at("checks"), "", scalar));
    }
    List<ExpectedCheck> checks = new ArrayList<>();
    for (Node.Entry entry : block.block("checks").map(Settings::entries).orElse(List.of())) {
      switch (entry.value()) {
        case Node.Scalar scalar -> checks.add(check(entry.at(), entry.key(), scalar));
        case Node.Mapping mapping when mapping.entries().size() == 1 ->
            checks.add(check(entry, mapping));
        case Node other ->
            problems.add(
                other.at(),
                "'" + entry.key() + "' must be one word or number",
                "such as passed, failed, 2 or {quarantined: 2}");
      }
    }
    return checks;
  }

  private ExpectedCheck check(Location at, String name, Node.Scalar value) {
    String text = value.text().strip();
    if (text.matches("\\d{1,18}") && !name.isEmpty()) {
      return new ExpectedCheck(at, name, value.at(), "", OptionalLong.of(Long.parseLong(text)));
    }
    return new ExpectedCheck(at, name, value.at(), word(text, value.at()), OptionalLong.empty());
  }

  private ExpectedCheck check(Node.Entry entry, Node.Mapping value) {
    Node.Entry only = value.entries().getFirst();
    OptionalLong failures =
        number(new Settings(value, problems).number(only.key(), 0, Long.MAX_VALUE));
    return new ExpectedCheck(
        entry.at(), entry.key(), value.at(), word(only.key(), only.at()), failures);
  }

  private String word(String text, Location at) {
    if (!WORDS.contains(text)) {
      problems.add(at, "a check can't be '" + text + "'", Suggestions.didYouMean(text, WORDS));
    }
    return text;
  }
}
