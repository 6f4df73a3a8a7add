package dev.tarn.app.run;

import dev.tarn.lake.Upkept;
import dev.tarn.vocabulary.TableName;

/// What upkeep did to one table, or would do.
///
/// @param rewritten small files that were written anew
/// @param made the files that took their place; 0 when it was not done yet
/// @param merged manifests that were merged
/// @param expired versions that can't be asked for any more
/// @param problem what kept it from being done; empty when nothing did
public record Maintained(
    TableName table,
    Upkept before,
    Upkept after,
    long rewritten,
    long made,
    long merged,
    long expired,
    String problem) {

  public boolean changed() {
    return rewritten > 0 || merged > 0 || expired > 0;
  }
}
