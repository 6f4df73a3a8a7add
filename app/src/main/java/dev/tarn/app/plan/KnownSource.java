package dev.tarn.app.plan;

import dev.tarn.app.project.SourceFile;
import dev.tarn.ingest.Source;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A source that has been understood.
///
/// @param checkReads further tables that its checks read
/// @param fresh how old the newest data may be
public record KnownSource(
    SourceFile file,
    Source source,
    List<DeclaredCheck> checks,
    Set<TableName> checkReads,
    Optional<Duration> fresh,
    String description) {

  public TableName table() {
    return file.table();
  }
}
