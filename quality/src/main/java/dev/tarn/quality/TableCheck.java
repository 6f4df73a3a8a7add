package dev.tarn.quality;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Judges a table as a whole.
public sealed interface TableCheck extends Check {

  /// The table has so many rows.
  record RowCount(CountBounds bounds) implements TableCheck {

    @Override
    public String kind() {
      return "row_count";
    }

    @Override
    public List<ColumnAt> columns() {
      return List.of();
    }

    @Override
    public String text() {
      return bounds.text("rows");
    }
  }

  /// The newest value is not older than this.
  record Fresh(List<Age> of) implements TableCheck {

    public record Age(ColumnAt column, Duration most) {}

    public Fresh {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "fresh";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Age::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(
          of,
          part ->
              "the newest "
                  + part.column.name()
                  + " is at most "
                  + Timings.text(part.most)
                  + " old");
    }
  }

  /// A column has so many different values; NULL is none.
  record DistinctCount(List<Counts> of) implements TableCheck {

    public record Counts(ColumnAt column, CountBounds bounds) {}

    public DistinctCount {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "distinct_count";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Counts::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(
          of, part -> part.column.name() + " has " + part.bounds.text("different values"));
    }
  }

  /// Sums agree with those of another table, over all rows or group by group.
  record EqualTotals(List<Total> of) implements TableCheck {

    /// @param by columns of both tables; none compares the two sums over all rows
    /// @param at where the other table is named
    public record Total(
        ColumnAt column, TableName table, String other, List<ColumnAt> by, Location at) {
      public Total {
        by = List.copyOf(by);
      }
    }

    public EqualTotals {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "equal_totals";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Total::column).toList();
    }

    @Override
    public List<TableName> tables() {
      return of.stream().map(Total::table).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(of, EqualTotals::text);
    }

    private static String text(Total part) {
      String by = part.by.isEmpty() ? "" : " by " + CheckWords.names(part.by);
      return "the sum of "
          + part.column.name()
          + by
          + " equals that of "
          + part.table
          + "."
          + part.other;
    }
  }

  /// A figure is not far from what it was in earlier runs.
  ///
  /// @param column absent for the number of rows
  /// @param sensitivity how many deviations from the median are still usual
  /// @param season earlier runs count only when they were about a multiple of this ago; absent when
  ///   all count
  record Anomaly(
      Metric metric, Optional<ColumnAt> column, BigDecimal sensitivity, Optional<Duration> season)
      implements TableCheck {

    @Override
    public String kind() {
      return "anomaly";
    }

    @Override
    public List<ColumnAt> columns() {
      return column.stream().toList();
    }

    @Override
    public String text() {
      return figure()
          + " is within "
          + sensitivity.toPlainString()
          + " deviations of earlier runs"
          + season.map(length -> " a multiple of " + Timings.text(length) + " ago").orElse("");
    }

    /// As in `sum of amount`.
    String figure() {
      return metric.text() + column.map(named -> " of " + named.name()).orElse("");
    }
  }

  /// The table has these columns, of these types; it may have more.
  record Columns(List<Typed> of) implements TableCheck {

    /// @param at where the type is named
    public record Typed(ColumnAt column, Type type, Location at) {}

    public Columns {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "schema";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Typed::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(of, part -> part.column.name() + " is " + part.type.sql());
    }
  }
}
