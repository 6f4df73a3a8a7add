package dev.tarn.quality;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How checks put themselves into words.
final class CheckWords {

  private CheckWords() {}

  static String names(List<ColumnAt> columns) {
    return columns.stream().map(ColumnAt::name).collect(Collectors.joining(", "));
  }

  static <T> String each(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining("; "));
  }
}
