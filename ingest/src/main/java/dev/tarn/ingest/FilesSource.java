package dev.tarn.ingest;

import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.files.Expectation;
import dev.tarn.ingest.files.FilesLanding;
import dev.tarn.ingest.files.FilesReplay;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.vocabulary.Schema;
import java.util.Optional;

/// Lands files: CSV, TSV, JSON, NDJSON, XML, Parquet, fixed-width and plain text, packed or not.
public final class FilesSource implements Source {
  private final FilesSettings settings;

  public FilesSource(FilesSettings settings) {
    this.settings = settings;
  }

  @Override
  public String connector() {
    return "files";
  }

  @Override
  public SourceSettings settings() {
    return settings.common();
  }

  @Override
  public Optional<Schema> expected(Lake lake, EngineSession session) {
    return new Expectation(settings).of(lake, session);
  }

  @Override
  public Pending pending(Lake lake) {
    return FilesLanding.pending(settings, lake);
  }

  @Override
  public Landing land(LandingContext context) {
    return new FilesLanding(settings, context).land();
  }

  @Override
  public int outdated(Lake lake) {
    return new FilesReplay(settings).outdated(lake);
  }

  @Override
  public Replay replay(Lake lake, ReplayScope scope) {
    return new FilesReplay(settings).plan(lake, scope);
  }

  @Override
  public Landing land(Replay replay, LandingContext context, Branch branch) {
    return new FilesReplay(settings).land(replay, context, branch);
  }
}
