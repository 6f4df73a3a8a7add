package dev.tarn.quality;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// How each kind of check is written: its value as typed parts, with every problem noted.
final class CheckShapes {
  static final List<String> KINDS =
      List.of(
          "unique",
          "not_null",
          "accepted",
          "range",
          "pattern",
          "length",
          "references",
          "row_count",
          "fresh",
          "distinct_count",
          "equal_totals",
          "anomaly",
          "schema",
          "sql");

  private final Problems problems;

  CheckShapes(Problems problems) {
    this.problems = problems;
  }

  /// The check that a known kind and its value make; empty when a part of it is wrong.
  Optional<Check> read(Node.Entry entry) {
    Node value = entry.value();
    return switch (entry.key()) {
      case "unique" -> columns(entry).map(RowCheck.Unique::new);
      case "not_null" -> columns(entry).map(RowCheck.NotNull::new);
      case "accepted" -> each(entry, "[a, b]", this::accepted).map(RowCheck.Accepted::new);
      case "range" -> each(entry, "{min: 0, max: 100}", this::range).map(RowCheck.Range::new);
      case "pattern" -> each(entry, "'^[a-z]+$'", this::pattern).map(RowCheck.Pattern::new);
      case "length" -> each(entry, "{min: 1, max: 20}", this::length).map(RowCheck.Length::new);
      case "references" ->
          each(entry, "silver.customers.customer_id", this::reference)
              .map(RowCheck.References::new);
      case "row_count" -> bounds(value).map(TableCheck.RowCount::new);
      case "fresh" -> each(entry, "24h", this::age).map(TableCheck.Fresh::new);
      case "distinct_count" ->
          each(entry, "{max: 250}", this::distinct).map(TableCheck.DistinctCount::new);
      case "equal_totals" ->
          each(entry, "{table: silver.payments, column: amount}", this::total)
              .map(TableCheck.EqualTotals::new);
      case "anomaly" -> anomaly(value);
      case "schema" -> each(entry, "bigint", this::typed).map(TableCheck.Columns::new);
      default -> sql("sql", value, problems).map(RowCheck.Sql::new);
    };
  }

  /// SQL as a text that is not blank.
  static Optional<SqlAt> sql(String key, Node value, Problems problems) {
    if (!(value instanceof Node.Scalar scalar) || scalar.text().isBlank()) {
      problems.add(value.at(), "'" + key + "' must be SQL", "");
      return Optional.empty();
    }
    Location at = scalar.at();
    Location first =
        scalar.plain() || at.column() == 0
            ? at
            : new Location(at.file(), at.line(), at.column() + 1);
    return Optional.of(new SqlAt(scalar.text().replaceFirst(";\\s*$", ""), first));
  }

  /// A column or a list of columns.
  private Optional<List<ColumnAt>> columns(Node.Entry entry) {
    List<Node> items =
        entry.value() instanceof Node.Sequence sequence ? sequence.items() : List.of(entry.value());
    List<ColumnAt> found = items.stream().flatMap(item -> column(item).stream()).toList();
    Set<String> seen = new HashSet<>();
    found.stream()
        .filter(column -> !seen.add(column.name().toLowerCase(Locale.ROOT)))
        .forEach(twice ->
            problems.add(twice.at(), "'" + twice.name() + "' is named twice", "name it once"));
    if (items.isEmpty()) {
      problems.add(
          entry.at(),
          "'" + entry.key() + "' names no column",
          "such as  " + entry.key() + ": order_id");
    }
    return found.isEmpty() || found.size() < items.size() ? Optional.empty() : Optional.of(found);
  }

  private Optional<ColumnAt> column(Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.text().isEmpty() && !scalar.isNull()) {
      return Optional.of(new ColumnAt(scalar.text(), scalar.at()));
    }
    problems.add(
        node.at(),
        "a column's name is expected here, not "
            + (node instanceof Node.Scalar ? "nothing" : node.kind()),
        "");
    return Optional.empty();
  }

  /// A block of columns, each with what holds for it.
  private <T> Optional<List<T>> each(
      Node.Entry entry, String example, BiFunction<ColumnAt, Node, Optional<T>> read) {
    if (!(entry.value() instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      problems.add(
          entry.at(),
          "'" + entry.key() + "' needs columns and what holds for each",
          "such as  " + entry.key() + ": {column: " + example + "}");
      return Optional.empty();
    }
    List<T> parts =
        mapping.entries().stream()
            .flatMap(part -> read.apply(new ColumnAt(part.key(), part.at()), part.value()).stream())
            .toList();
    return parts.size() < mapping.entries().size() ? Optional.empty() : Optional.of(parts);
  }

  private Optional<RowCheck.Accepted.Values> accepted(ColumnAt column, Node node) {
    List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    List<String> values =
        items.stream()
            .flatMap(item ->
                item instanceof Node.Scalar scalar && !scalar.isNull()
                    ? Optional.of(scalar.text()).stream()
                    : wrongValue(item))
            .toList();
    if (items.isEmpty()) {
      problems.add(
          column.at(),
          "no value is accepted for '" + column.name() + "'",
          "list the values: [a, b]");
    }
    return values.isEmpty() || values.size() < items.size()
        ? Optional.empty()
        : Optional.of(new RowCheck.Accepted.Values(column, values));
  }

  private Stream<String> wrongValue(Node item) {
    String what =
        item instanceof Node.Scalar
            ? "NULL is never judged, so it needs no listing"
            : "an accepted value is a single value, not " + item.kind();
    problems.add(
        item.at(), what, item instanceof Node.Scalar ? "remove it, or put it in quotes" : "");
    return Stream.empty();
  }

  private Optional<RowCheck.Range.Bounds> range(ColumnAt column, Node node) {
    Settings block = Settings.block(node, problems);
    Optional<String> min = block.text("min");
    Optional<String> max = block.text("max");
    boolean asked = block.has("min") || block.has("max");
    block.done();
    if (!asked && node instanceof Node.Mapping) {
      problems.add(
          column.at(), "the range of '" + column.name() + "' has no bound", "add min, max or both");
    }
    return min.isPresent() || max.isPresent()
        ? Optional.of(new RowCheck.Range.Bounds(column, min, max))
        : Optional.empty();
  }

  private Optional<RowCheck.Pattern.Expression> pattern(ColumnAt column, Node node) {
    return text("a pattern", node)
        .map(regex -> new RowCheck.Pattern.Expression(column, regex, node.at()));
  }

  private Optional<RowCheck.Length.Lengths> length(ColumnAt column, Node node) {
    return bounds(node).map(bounds -> new RowCheck.Length.Lengths(column, bounds));
  }

  private Optional<TableCheck.DistinctCount.Counts> distinct(ColumnAt column, Node node) {
    return bounds(node).map(bounds -> new TableCheck.DistinctCount.Counts(column, bounds));
  }

  /// `layer.table.column`, or a block when a name has a dot in it.
  private Optional<RowCheck.References.Reference> reference(ColumnAt column, Node node) {
    if (node instanceof Node.Mapping) {
      Settings block = Settings.block(node, problems);
      Optional<TableName> table = table(block);
      String key = block.text("column", column.name());
      block.done();
      return table.map(name -> new RowCheck.References.Reference(column, name, key, node.at()));
    }
    return text("a reference", node)
        .flatMap(text -> {
          int last = text.lastIndexOf('.');
          if (text.indexOf('.') == last || last == text.length() - 1) {
            problems.add(
                node.at(),
                "'" + text + "' is not a column of a table",
                "write layer.table.column, as in silver.customers.customer_id");
            return Optional.empty();
          }
          return tableName(text.substring(0, last), node.at())
              .map(table ->
                  new RowCheck.References.Reference(
                      column, table, text.substring(last + 1), node.at()));
        });
  }

  private Optional<TableCheck.Fresh.Age> age(ColumnAt column, Node node) {
    return text("an age", node)
        .flatMap(text -> {
          Optional<Duration> most = Timings.parse(text);
          if (most.isEmpty()) {
            problems.add(
                node.at(), "'" + text + "' is not a time", "write it as 30s, 15m, 24h or 7d");
          }
          return most.map(age -> new TableCheck.Fresh.Age(column, age));
        });
  }

  private Optional<TableCheck.EqualTotals.Total> total(ColumnAt column, Node node) {
    Settings block = Settings.block(node, problems);
    Optional<TableName> table = table(block);
    String other = block.text("column", column.name());
    List<ColumnAt> by = block.items("by").stream().flatMap(item -> column(item).stream()).toList();
    block.done();
    return table.map(
        name -> new TableCheck.EqualTotals.Total(column, name, other, by, block.at("table")));
  }

  private Optional<Check> anomaly(Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      Node.Entry metric = new Node.Entry(scalar.at(), "metric", scalar);
      return anomaly(new Node.Mapping(scalar.at(), List.of(metric)));
    }
    Settings block = Settings.block(node, problems);
    Metric metric = block.choice("metric", Metric.class).orElse(Metric.ROW_COUNT);
    Optional<ColumnAt> column = block.node("column").flatMap(this::column);
    BigDecimal sensitivity = block.decimal("sensitivity").orElse(BigDecimal.valueOf(3));
    Optional<Duration> season = block.duration("season");
    block.done();
    if (metric.needsColumn() != block.has("column")) {
      String fix =
          metric.needsColumn() ? "add  column: …" : "remove column, or choose another metric";
      block.problem(
          "column",
          "'"
              + metric.text()
              + (metric.needsColumn() ? "' needs a column" : "' is of the whole table"),
          fix);
      return Optional.empty();
    }
    if (sensitivity.signum() <= 0 || season.filter(Duration::isZero).isPresent()) {
      block.problem("sensitivity", "'sensitivity' and 'season' must be more than 0", "");
      return Optional.empty();
    }
    return Optional.of(new TableCheck.Anomaly(metric, column, sensitivity, season));
  }

  private Optional<TableCheck.Columns.Typed> typed(ColumnAt column, Node node) {
    return text("a type", node)
        .flatMap(text ->
            orProblem(node.at(), text, Type::parse)
                .map(type -> new TableCheck.Columns.Typed(column, type, node.at())));
  }

  /// `{min: 1, max: 5}`, or one number for exactly so many.
  private Optional<CountBounds> bounds(Node node) {
    boolean exact = node instanceof Node.Scalar scalar && !scalar.isNull();
    Node.Entry one = new Node.Entry(node.at(), "exactly", node);
    Settings block =
        exact
            ? new Settings(new Node.Mapping(node.at(), List.of(one)), problems)
            : Settings.block(node, problems);
    if (exact) {
      return block.number("exactly", 0, Long.MAX_VALUE).map(count -> new CountBounds(count, count));
    }
    Optional<Long> min = block.number("min", 0, Long.MAX_VALUE);
    Optional<Long> max = block.number("max", 0, Long.MAX_VALUE);
    boolean asked = block.has("min") || block.has("max");
    block.done();
    if (!asked) {
      problems.add(node.at(), "there is no bound", "add min, max or both");
    }
    if (min.isEmpty() && max.isEmpty()) {
      return Optional.empty();
    }
    if (min.orElse(0L) > max.orElse(Long.MAX_VALUE)) {
      problems.add(node.at(), "min is more than max, so nothing can pass", "swap them");
      return Optional.empty();
    }
    return Optional.of(new CountBounds(min.orElse(0L), max.orElse(Long.MAX_VALUE)));
  }

  private Optional<TableName> table(Settings block) {
    String text = block.requiredText("table");
    return text.isEmpty() ? Optional.empty() : tableName(text, block.at("table"));
  }

  private Optional<TableName> tableName(String text, Location at) {
    return orProblem(at, text, TableName::parse);
  }

  private Optional<String> text(String what, Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    problems.add(
        node.at(),
        what + " is a single value, not " + (node instanceof Node.Scalar ? "nothing" : node.kind()),
        "");
    return Optional.empty();
  }

  private <T> Optional<T> orProblem(Location at, String text, Function<String, T> read) {
    try {
      return Optional.of(read.apply(text));
    } catch (Failure wrong) {
      wrong.problems().forEach(problem -> problems.add(at, problem.what(), problem.fix()));
      return Optional.empty();
    }
  }
}
