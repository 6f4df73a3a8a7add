package dev.tarn.quality;

import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One item of a list of checks: a kind with what it asks for, and what any check may carry.
final class CheckItem {
  private static final List<String> OPTIONS = List.of("on_fail", "name", "where", "tolerance");
  private static final int NAME_LENGTH_LIMIT = 200;

  private final Node item;
  private final Problems problems;

  CheckItem(Node item, Problems problems) {
    this.item = item;
    this.problems = problems;
  }

  Optional<DeclaredCheck> read() {
    return switch (item) {
      case Node.Mapping mapping -> read(mapping);
      case Node.Scalar scalar ->
          notABlock("a check is written  kind: columns, not '" + scalar.text() + "'");
      case Node.Sequence _ -> notABlock("a check is written  kind: columns, not as a list");
    };
  }

  /// Whether the project gave it a name.
  boolean wasNamed() {
    return item instanceof Node.Mapping mapping
        && mapping.entries().stream().anyMatch(entry -> entry.key().equals("name"));
  }

  private Optional<DeclaredCheck> notABlock(String what) {
    problems.add(item.at(), what, "for example  - unique: order_id");
    return Optional.empty();
  }

  private Optional<DeclaredCheck> read(Node.Mapping mapping) {
    List<Node.Entry> kinds =
        mapping.entries().stream().filter(entry -> !OPTIONS.contains(entry.key())).toList();
    List<Node.Entry> known =
        kinds.stream().filter(entry -> CheckShapes.KINDS.contains(entry.key())).toList();
    kinds.stream().filter(entry -> !known.contains(entry)).forEach(this::unknown);
    if (kinds.isEmpty()) {
      problems.add(
          mapping.at(),
          "this item names no check",
          "one of: " + String.join(", ", CheckShapes.KINDS));
    }
    if (known.size() > 1) {
      problems.add(
          known.get(1).at(),
          "two checks stand in one item: " + known.get(0).key() + " and " + known.get(1).key(),
          "begin an item of its own with  - " + known.get(1).key());
    }
    if (known.size() != 1 || kinds.size() != 1) {
      return Optional.empty();
    }
    Settings options = new Settings(mapping, problems);
    Optional<Check> check = new CheckShapes(problems).read(known.get(0));
    return check.flatMap(found -> declared(found, known.get(0), options));
  }

  private void unknown(Node.Entry entry) {
    List<String> all = new ArrayList<>(CheckShapes.KINDS);
    all.addAll(OPTIONS);
    problems.add(
        entry.at(),
        "unknown check '" + entry.key() + "'",
        Suggestions.nearest(entry.key(), all)
            .map(name -> "did you mean '" + name + "'?")
            .orElse("one of: " + String.join(", ", CheckShapes.KINDS)));
  }

  private Optional<DeclaredCheck> declared(Check check, Node.Entry kind, Settings options) {
    OnFail onFail = options.choice("on_fail", OnFail.class).orElse(OnFail.BLOCK);
    String name = options.text("name").map(String::strip).orElseGet(() -> nameOf(check));
    Optional<SqlAt> where =
        options.node("where").flatMap(node -> CheckShapes.sql("where", node, problems));
    BigDecimal tolerance =
        options.text("tolerance").map(text -> tolerance(text, options)).orElse(BigDecimal.ZERO);
    fits(check, onFail, options);
    if (name.isEmpty() || name.length() > NAME_LENGTH_LIMIT) {
      options.problem("name", "a check's name has 1 to " + NAME_LENGTH_LIMIT + " characters", "");
    }
    return Optional.of(new DeclaredCheck(check, onFail, name, where, tolerance, kind.at()));
  }

  private BigDecimal tolerance(String text, Settings options) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    try {
      BigDecimal share =
          new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
      share = percent ? share.movePointLeft(2) : share;
      if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0 && share.scale() <= 30) {
        return share;
      }
    } catch (NumberFormatException _) {
      // said below, as for numbers out of bounds
    }
    options.problem(
        "tolerance",
        "'tolerance' must be a share from 0% to 100%, not '" + text + "'",
        "such as 0.1% or 0.001");
    return BigDecimal.ZERO;
  }

  /// What makes no sense for the kind of check.
  private void fits(Check check, OnFail onFail, Settings options) {
    switch (check) {
      case RowCheck _ -> {}
      case TableCheck table -> {
        if (onFail == OnFail.QUARANTINE) {
          options.problem(
              "on_fail",
              "'" + table.kind() + "' judges the whole table, so there are no rows to quarantine",
              "use on_fail: block or on_fail: warn");
        }
        if (options.has("tolerance") && !(table instanceof TableCheck.EqualTotals)) {
          options.problem(
              "tolerance",
              "'" + table.kind() + "' judges the whole table, so no share of rows can be tolerated",
              "remove tolerance");
        }
        if (options.has("where") && table instanceof TableCheck.Columns) {
          options.problem("where", "'schema' does not look at rows", "remove where");
        }
      }
    }
  }

  private static String nameOf(Check check) {
    List<String> columns = check.columns().stream().map(ColumnAt::name).toList();
    int shown = Math.min(3, columns.size());
    String listed = String.join("_", columns.subList(0, shown));
    String more = columns.size() > shown ? "_and_" + (columns.size() - shown) + "_more" : "";
    String kind =
        check instanceof TableCheck.Anomaly anomaly
            ? "anomaly_" + anomaly.metric().text()
            : check.kind();
    String name = listed.isEmpty() ? kind : kind + "_" + listed + more;
    return name.length() > NAME_LENGTH_LIMIT ? name.substring(0, NAME_LENGTH_LIMIT) : name;
  }
}
