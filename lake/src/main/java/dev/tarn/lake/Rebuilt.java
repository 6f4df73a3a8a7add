package dev.tarn.lake;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What was found again in the warehouse after the metadata database was lost.
///
/// @param tables tables and views that are known again
/// @param skipped metadata files that are damaged or whose files are missing, and what was taken
///   instead
public record Rebuilt(List<TableName> tables, List<String> skipped) {

  public Rebuilt {
    tables = List.copyOf(tables);
    skipped = List.copyOf(skipped);
  }
}
