package dev.tarn.quality;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// Judges rows one by one, so that failing rows can be told, tolerated and quarantined.
public sealed interface RowCheck extends Check {

  /// No two rows have the same key. Rows with NULL in the key are not judged; of a key that occurs
  /// twice all rows fail.
  record Unique(List<ColumnAt> columns) implements RowCheck {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public String kind() {
      return "unique";
    }

    @Override
    public String text() {
      return CheckWords.names(columns)
          + (columns.size() == 1 ? " is unique" : " together are unique");
    }
  }

  /// No column of these is NULL.
  record NotNull(List<ColumnAt> columns) implements RowCheck {
    public NotNull {
      columns = List.copyOf(columns);
    }

    @Override
    public String kind() {
      return "not_null";
    }

    @Override
    public String text() {
      return CheckWords.names(columns)
          + (columns.size() == 1 ? " is never NULL" : " are never NULL");
    }
  }

  /// Values are among those listed; NULL is not judged.
  record Accepted(List<Values> of) implements RowCheck {

    /// @param values as written; compared as the column's type
    public record Values(ColumnAt column, List<String> values) {
      public Values {
        values = List.copyOf(values);
      }
    }

    public Accepted {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "accepted";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Values::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(
          of, part -> part.column.name() + " is one of " + String.join(", ", part.values));
    }
  }

  /// Numbers, dates and times lie between two bounds, both included; NULL is not judged, NaN fails.
  record Range(List<Bounds> of) implements RowCheck {

    /// @param min as written; compared as the column's type
    public record Bounds(ColumnAt column, Optional<String> min, Optional<String> max) {}

    public Range {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "range";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Bounds::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(of, part -> part.column.name() + " is" + between(part));
    }

    private static String between(Bounds part) {
      if (part.max.isEmpty()) {
        return part.min.map(min -> " at least " + min).orElse("");
      }
      String max = part.max.orElseThrow();
      return part.min.map(min -> " from " + min + " to " + max).orElse(" at most " + max);
    }
  }

  /// Text matches a regular expression somewhere; anchors as written; NULL is not judged.
  record Pattern(List<Expression> of) implements RowCheck {

    /// @param regex in RE2's dialect, which never takes more than linear time
    public record Expression(ColumnAt column, String regex, Location at) {}

    public Pattern {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "pattern";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Expression::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(of, part -> part.column.name() + " matches " + part.regex);
    }
  }

  /// Texts have so many characters, lists so many elements, binary values so many bytes; NULL is
  /// not judged.
  record Length(List<Lengths> of) implements RowCheck {

    public record Lengths(ColumnAt column, CountBounds bounds) {}

    public Length {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "length";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Lengths::column).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(of, part -> part.column.name() + " is " + part.bounds.text("long"));
    }
  }

  /// Values occur in a column of another table; NULL is not judged.
  record References(List<Reference> of) implements RowCheck {

    /// @param at where the other column is named
    public record Reference(ColumnAt column, TableName table, String key, Location at) {}

    public References {
      of = List.copyOf(of);
    }

    @Override
    public String kind() {
      return "references";
    }

    @Override
    public List<ColumnAt> columns() {
      return of.stream().map(Reference::column).toList();
    }

    @Override
    public List<TableName> tables() {
      return of.stream().map(Reference::table).toList();
    }

    @Override
    public String text() {
      return CheckWords.each(
          of, part -> part.column.name() + " is in " + part.table + "." + part.key);
    }
  }

  /// A query over `this` returns no row.
  record Sql(SqlAt query) implements RowCheck {

    @Override
    public String kind() {
      return "sql";
    }

    @Override
    public List<ColumnAt> columns() {
      return List.of();
    }

    @Override
    public String text() {
      String line = query.text().strip().replaceAll("\\s+", " ");
      return "no rows from " + (line.length() > 200 ? line.substring(0, 199) + "…" : line);
    }
  }
}
