package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import java.util.List;

/// What is asked of one column for its profile: numbers of questions in a pass, below 0 where a
/// question makes no sense for the column's type.
final class ColumnQuestions {
  private static final int NONE = -1;

  private final Column column;
  private final Pass pass;
  private final String sql;
  private final TypeFamily family;
  private final int present;
  private final int distinct;
  private final List<Integer> forms;

  ColumnQuestions(Column column, Pass pass) {
    this.column = column;
    this.pass = pass;
    this.sql = "this." + Identifiers.quote(column.name());
    this.family = TypeFamily.of(column.type());
    this.present = pass.ask("count(" + sql + ")");
    this.distinct = pass.ask("approx_count_distinct(CAST(" + sql + " AS VARCHAR))");
    this.forms =
        family == TypeFamily.TEXT ? TextForm.ALL.stream().map(this::form).toList() : List.of();
    // Questions are asked before the pass runs, and read by asking again.
    min();
    max();
    mean();
    quantiles();
    top();
    lengths();
    filled();
    whole();
    fraction();
  }

  Column column() {
    return column;
  }

  int present() {
    return present;
  }

  int distinct() {
    return distinct;
  }

  int min() {
    return family.hasLiterals() ? pass.ask("CAST(min(" + sql + ") AS VARCHAR)") : NONE;
  }

  int max() {
    return family.hasLiterals() ? pass.ask("CAST(max(" + sql + ") AS VARCHAR)") : NONE;
  }

  int mean() {
    String number = "CAST(" + sql + " AS DOUBLE)";
    return family == TypeFamily.NUMBER
        ? pass.ask("avg(" + number + ") FILTER (WHERE isfinite(" + number + "))")
        : NONE;
  }

  int quantiles() {
    return family == TypeFamily.NUMBER || family == TypeFamily.MOMENT
        ? pass.ask("CAST(approx_quantile(" + sql + ", [0.05, 0.25, 0.5, 0.75, 0.95]) AS VARCHAR[])")
        : NONE;
  }

  int top() {
    return family.hasLiterals() ? pass.ask("approx_top_k(CAST(" + sql + " AS VARCHAR), 12)") : NONE;
  }

  /// Least, greatest and mean.
  List<Integer> lengths() {
    return family == TypeFamily.TEXT
        ? List.of(
            pass.ask("min(length(" + sql + "))"),
            pass.ask("max(length(" + sql + "))"),
            pass.ask("avg(length(" + sql + "))"))
        : List.of();
  }

  /// How many texts are not blank.
  int filled() {
    return family == TypeFamily.TEXT ? pass.count("trim(" + sql + ") <> ''") : present;
  }

  /// For every form of text how many are written so.
  List<Integer> forms() {
    return forms;
  }

  /// The most digits before the point.
  int whole() {
    return digits("^[+-]?([0-9]{1,38})(?:\\.|$)");
  }

  /// The most digits after the point.
  int fraction() {
    return digits("^[+-]?[0-9]+\\.([0-9]{1,38})$");
  }

  private int digits(String regex) {
    return family == TypeFamily.TEXT
        ? pass.ask("max(length(regexp_extract(trim(" + sql + "), '" + regex + "', 1)))")
        : present;
  }

  private int form(TextForm form) {
    return pass.count("(" + form.matches().formatted("trim(" + sql + ")") + ")");
  }
}
