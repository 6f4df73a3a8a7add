package dev.tarn.app.run;

import dev.tarn.app.plan.KnownSource;
import dev.tarn.ingest.ReplayScope;
import java.util.List;

/// What is to be read again.
///
/// @param keepGone whether rows of files that can't be read again stay as they are
/// @param command as typed, for the record
public record ReplayRequest(
    List<KnownSource> sources, ReplayScope scope, boolean keepGone, String command) {
  public ReplayRequest {
    sources = List.copyOf(sources);
  }
}
