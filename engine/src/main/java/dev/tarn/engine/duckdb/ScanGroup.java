package dev.tarn.engine.duckdb;

import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Files of a scan that one part of its query reads.
final class ScanGroup {
  private final List<ScanFile> files = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  /// What tells groups apart.
  ///
  /// @param layout the columns as the files have them, when that matters
  /// @param withoutIds whether the files carry no field ids
  /// @param choice which of the rows are read
  record Key(Optional<ParquetNode> layout, boolean withoutIds, Choice choice) {}

  /// Which rows of a file are read.
  enum Choice {
    ALL,
    WITHOUT_LISTED,
    ONLY_LISTED
  }

  static Choice choice(ScanFile file) {
    if (file.whole()) {
      return Choice.ALL;
    }
    return file.only().isEmpty() ? Choice.WITHOUT_LISTED : Choice.ONLY_LISTED;
  }

  void add(ScanFile file, int place) {
    files.add(file);
    places.add(place);
  }

  String paths() {
    return files.stream()
        .map(file -> Identifiers.literal(file.path().toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /// SQL for a number that tells a row from all others of the scan.
  String row() {
    int first = places.getFirst();
    boolean inOrder = places.getLast() - first == places.size() - 1;
    String place =
        inOrder
            ? "(file_index::BIGINT + " + first + ")"
            : places + "[file_index::BIGINT + 1]::BIGINT";
    return "((" + place + " << 40) | file_row_number)";
  }

  List<Integer> places() {
    return places;
  }
}
