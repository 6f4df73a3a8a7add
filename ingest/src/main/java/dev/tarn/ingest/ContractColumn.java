package dev.tarn.ingest;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Optional;

/// A column that a source promises to deliver.
///
/// @param name as it is called in the table
/// @param type absent when it is to be discovered
/// @param required true when a row without a value is no good row
/// @param tags what the column is, such as `pii.email`
/// @param source as it is called in the source, when that differs (`as:`, in XML also `path:`)
/// @param width characters, in fixed-width files
/// @param start the first character, counted from 1, in fixed-width files; default: after the
///   column before
public record ContractColumn(
    String name,
    Optional<Type> type,
    boolean required,
    List<String> tags,
    String description,
    Optional<String> source,
    Optional<Integer> width,
    Optional<Integer> start,
    Location at) {

  public ContractColumn {
    tags = List.copyOf(tags);
  }

  /// What the column is called in the source.
  public String sourceName() {
    return source.orElse(name);
  }

  /// What of it tells how a file becomes rows.
  String reading() {
    return List.of(name, type, required, source, width, start).toString();
  }
}
