package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Statistics of a table's columns.
public record Profile(TableName table, long rows, List<OfColumn> columns) {

  public Profile {
    columns = List.copyOf(columns);
  }

  /// The profile of a column, in any case.
  public Optional<OfColumn> column(String name) {
    return columns.stream().filter(of -> of.column().name().equalsIgnoreCase(name)).findFirst();
  }

  /// @param distinct about how many different values there are; NULL is none
  /// @param min the least value as text; absent for nested values and without values
  /// @param mean of numbers that are finite
  /// @param quantiles of numbers and moments, about: at 5, 25, 50, 75 and 95 percent, as text; else
  ///   empty
  /// @param top the values that occur most, with exact counts
  /// @param lengths of text
  /// @param looksLike for text: the type that most of it could be cast to
  public record OfColumn(
      Column column,
      long nulls,
      long distinct,
      Optional<String> min,
      Optional<String> max,
      OptionalDouble mean,
      List<String> quantiles,
      List<Top> top,
      Optional<Lengths> lengths,
      Optional<Likeness> looksLike) {

    public OfColumn {
      quantiles = List.copyOf(quantiles);
      top = List.copyOf(top);
    }
  }

  /// A value as text and how often it occurs.
  public record Top(String value, long rows) {}

  /// In characters.
  public record Lengths(long min, long max, double mean) {}

  /// Text that is written like values of another type.
  ///
  /// @param cast how to make the type from the column, with `%s` for the column
  /// @param matching how many values are written so
  /// @param judged how many values are neither NULL nor blank
  public record Likeness(Type type, String cast, long matching, long judged) {

    /// From 0 to 1.
    public double share() {
      return judged == 0 ? 0 : (double) matching / judged;
    }
  }
}
