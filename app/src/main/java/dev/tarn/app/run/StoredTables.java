package dev.tarn.app.run;

import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;

/// Finds tables that have versions.
public final class StoredTables {

  private StoredTables() {}

  /// The table in the lake; views have no versions of their own.
  public static LakeTable require(Opened opened, TableName table) {
    return opened
        .lake()
        .find(table)
        .orElseThrow(() ->
            opened.lake().view(table).isPresent()
                ? Failure.input(
                    table + " is a view, which holds no rows",
                    "name the tables that it reads: tarn lineage " + table + " --up")
                : Failure.input(
                    "there is no table " + table + " in the lake",
                    Suggestions.didYouMean(
                        table.toString(),
                        opened.lake().tables().stream().map(TableName::toString).toList())));
  }
}
