package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
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
  private final List<TextForm> likely;
  private final List<Integer> forms;

  /// @param likely the forms worth counting, for text
  ColumnQuestions(Column column, Pass pass, List<TextForm> likely) {
    this.column = column;
    this.pass = pass;
    this.sql = "this." + Identifiers.quote(column.name());
    this.family = TypeFamily.of(column.type());
    this.present = pass.ask("count(" + sql + ")");
    String value = family.hasLiterals() ? sql : "CAST(" + sql + " AS VARCHAR)";
    this.distinct = pass.ask("approx_count_distinct(" + value + ")");
    this.likely = likely;
    this.forms = likely.stream().map(this::form).toList();
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
    return family.hasLiterals()
        ? pass.ask("CAST(approx_top_k(" + sql + ", 12) AS VARCHAR[])")
        : NONE;
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

  List<TextForm> likely() {
    return likely;
  }

  /// For every likely form how many are written so.
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
    return likely.stream().anyMatch(form -> form.type() instanceof Type.Decimal)
        ? pass.ask("max(length(regexp_extract(trim(" + sql + "), '" + regex + "', 1)))")
        : present;
  }

  private int form(TextForm form) {
    return pass.count("(" + form.matches().formatted("trim(" + sql + ")") + ")");
  }
}
