package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;
import java.util.function.Predicate;

/// Whether the columns that a check names exist, here and in other tables, and are of a type that
/// the check can judge.
final class ColumnRules {
  private final TableName table;
  private final Schema schema;
  private final KnownTables others;
  private final Problems problems;

  ColumnRules(TableName table, Schema schema, KnownTables others, Problems problems) {
    this.table = table;
    this.schema = schema;
    this.others = others;
    this.problems = problems;
  }

  void check(Check check) {
    switch (check) {
      case RowCheck.Unique c -> c.columns().forEach(this::column);
      case RowCheck.NotNull c -> c.columns().forEach(this::column);
      case RowCheck.Accepted c ->
          c.of()
              .forEach(part ->
                  typed(
                      part.column(),
                      TypeFamily::hasLiterals,
                      "can't be listed: accepted takes text, numbers, dates and booleans"));
      case RowCheck.Range c ->
          c.of()
              .forEach(part ->
                  typed(
                      part.column(),
                      TypeFamily::hasRange,
                      "has no range: range takes numbers, dates and times"));
      case RowCheck.Pattern c ->
          c.of()
              .forEach(part ->
                  typed(
                      part.column(),
                      family -> family == TypeFamily.TEXT,
                      "can't match a pattern: pattern takes text"));
      case RowCheck.Length c ->
          c.of()
              .forEach(part ->
                  typed(
                      part.column(),
                      TypeFamily::hasLength,
                      "has no length: length takes text, lists and binary values"));
      case RowCheck.References c -> c.of().forEach(this::reference);
      case RowCheck.Sql _ -> {}
      case TableCheck.RowCount _ -> {}
      case TableCheck.Fresh c ->
          c.of()
              .forEach(part ->
                  typed(
                      part.column(),
                      family -> family == TypeFamily.MOMENT,
                      "has no age: fresh takes dates and timestamps"));
      case TableCheck.DistinctCount c -> c.of().forEach(part -> column(part.column()));
      case TableCheck.EqualTotals c -> c.of().forEach(this::total);
      case TableCheck.Anomaly c -> c.column().ifPresent(column -> figure(c, column));
      case TableCheck.Columns c -> c.of().forEach(this::typed);
    }
  }

  private Optional<Column> column(ColumnAt named) {
    Optional<Column> found = schema.column(named.name());
    if (found.isEmpty()) {
      unknown(named.name(), named.at(), table, schema);
    }
    return found;
  }

  private void unknown(String name, Location at, TableName where, Schema columns) {
    problems.add(
        at,
        "unknown column '" + name + "' in " + where,
        Suggestions.didYouMean(name, columns.names()));
  }

  private Optional<Column> typed(ColumnAt named, Predicate<TypeFamily> fits, String otherwise) {
    Optional<Column> found = column(named);
    found
        .filter(column -> !fits.test(TypeFamily.of(column.type())))
        .ifPresent(column ->
            problems.add(
                named.at(),
                "'" + named.name() + "' is " + column.type().sql() + " and " + otherwise,
                ""));
    return found;
  }

  private void typed(TableCheck.Columns.Typed part) {
    column(part.column())
        .filter(found -> !found.type().sql().equals(part.type().sql()))
        .ifPresent(found ->
            problems.add(
                part.at(),
                "'"
                    + part.column().name()
                    + "' is "
                    + found.type().sql()
                    + ", not "
                    + part.type().sql(),
                "cast it in the model, or change the check"));
  }

  private void figure(TableCheck.Anomaly check, ColumnAt named) {
    typed(
        named,
        family -> !check.metric().needsNumbers() || family == TypeFamily.NUMBER,
        "has no " + check.metric().text() + ": that takes numbers");
  }

  private void reference(RowCheck.References.Reference part) {
    Optional<Column> here = column(part.column());
    Optional<Column> there = other(part.table(), part.key(), part.at());
    if (here.isPresent() && there.isPresent()) {
      comparable(part.column().name(), here.get(), part.table(), there.get(), part.at());
    }
  }

  private void total(TableCheck.EqualTotals.Total part) {
    Predicate<TypeFamily> numbers = family -> family == TypeFamily.NUMBER;
    typed(part.column(), numbers, "has no sum: equal_totals takes numbers");
    other(part.table(), part.other(), part.at())
        .filter(there -> !numbers.test(TypeFamily.of(there.type())))
        .ifPresent(there ->
            problems.add(
                part.at(),
                "'"
                    + part.other()
                    + "' in "
                    + part.table()
                    + " is "
                    + there.type().sql()
                    + " and has no sum",
                ""));
    for (ColumnAt by : part.by()) {
      Optional<Column> here = column(by);
      Optional<Column> there = other(part.table(), by.name(), by.at());
      if (here.isPresent() && there.isPresent()) {
        comparable(by.name(), here.get(), part.table(), there.get(), by.at());
      }
    }
  }

  private void comparable(String name, Column here, TableName other, Column there, Location at) {
    TypeFamily family = TypeFamily.of(here.type());
    boolean same =
        family == TypeFamily.of(there.type())
            && (family != TypeFamily.OTHER || here.type().equals(there.type()));
    if (!same) {
      problems.add(
          at,
          "'"
              + name
              + "' is "
              + here.type().sql()
              + ", but '"
              + there.name()
              + "' in "
              + other
              + " is "
              + there.type().sql(),
          "cast one of them in its model, so that both have the same type");
    }
  }

  private Optional<Column> other(TableName name, String column, Location at) {
    Optional<Schema> columns = name.equals(table) ? Optional.of(schema) : others.schema(name);
    if (columns.isEmpty() && !others.names().contains(name)) {
      problems.add(
          at,
          "unknown table '" + name + "'",
          Suggestions.didYouMean(
              name.toString(), others.names().stream().map(TableName::toString).sorted().toList()));
    }
    Optional<Column> found = columns.flatMap(known -> known.column(column));
    if (columns.isPresent() && found.isEmpty()) {
      unknown(column, at, name, columns.get());
    }
    return found;
  }
}
