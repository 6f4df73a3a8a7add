package dev.tarn.quality;

import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Identifiers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the figures of a table's files tell about its columns, so that no scan has to find it out.
/// All of it holds for any part of the rows as well.
final class Figures {
  private final List<Map<String, Map<String, String>>> files;

  private final List<String> uniqueBy;

  private Figures(List<Map<String, Map<String, String>>> files, List<String> uniqueBy) {
    this.files = List.copyOf(files);
    this.uniqueBy = List.copyOf(uniqueBy);
  }

  /// Nothing is known.
  static Figures none() {
    return new Figures(List.of(), List.of());
  }

  static Figures of(List<WrittenFile> files, List<String> uniqueBy) {
    return new Figures(files.stream().map(WrittenFile::statistics).toList(), uniqueBy);
  }

  /// Whether it is certain that the column has no NULL.
  boolean neverNull(ColumnAt column) {
    List<String> nulls = values(column, "null_count");
    return !nulls.isEmpty() && nulls.stream().allMatch("0"::equals);
  }

  /// Whether it is certain that no two rows have the same values in all of these columns.
  boolean unique(List<ColumnAt> columns) {
    return !uniqueBy.isEmpty()
        && uniqueBy.stream()
            .allMatch(name -> columns.stream().anyMatch(at -> at.name().equalsIgnoreCase(name)));
  }

  /// Bounds of a column of whole numbers or decimals, as far as they are known.
  Optional<Span> span(ColumnAt column) {
    List<String> least = values(column, "min");
    List<String> greatest = values(column, "max");
    if (least.isEmpty() || greatest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Span(
            least.stream().map(BigDecimal::new).reduce(BigDecimal::min).orElseThrow(),
            greatest.stream().map(BigDecimal::new).reduce(BigDecimal::max).orElseThrow()));
  }

  /// One for each file, or none at all.
  private List<String> values(ColumnAt column, String figure) {
    List<String> values = new ArrayList<>();
    for (Map<String, Map<String, String>> file : files) {
      Optional.ofNullable(file.get(Identifiers.quote(column.name())))
          .map(figures -> figures.get(figure))
          .ifPresent(values::add);
    }
    return values.size() == files.size() ? values : List.of();
  }

  /// @param least not above any value
  /// @param greatest not below any value
  record Span(BigDecimal least, BigDecimal greatest) {}
}
