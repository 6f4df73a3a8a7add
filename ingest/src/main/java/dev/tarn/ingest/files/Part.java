package dev.tarn.ingest.files;

import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.OnError;
import dev.tarn.lake.Branch;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Lands some files in one publish: copies them, has their rows staged, and publishes them with the
/// record that the files were taken.
final class Part {
  private static final int SAVERS = 8;

  private final FilesSettings settings;
  private final LandingContext context;
  private final TableName table;
  private final List<FoundFile> files;
  private final Instant at;

  Part(FilesSettings settings, LandingContext context, List<FoundFile> files) {
    this.settings = settings;
    this.context = context;
    this.table = settings.common().table();
    this.files = files;
    this.at = context.clock().instant();
  }

  Landing land() {
    try (RawStore raw = new RawStore(context.lake().raw(), context.run(), table);
        Branch branch = context.lake().branch(context.run());
        Crew crew = new Crew(context.threads());
        Crew savers = new Crew(SAVERS)) {
      List<Taken> taken = new ArrayList<>();
      for (FoundFile file : files) {
        taken.add(new Taken(file, new RejectedLines(raw.scratch(".rejected")), at, taken.size()));
      }
      crew.each(taken, one -> take(one, raw));
      Taken.alreadyThere(taken, landedVersions());
      List<RawStore.Copy> copies =
          settings.keepRaw()
              ? taken.stream()
                  .filter(one -> one.outcome == Taken.Outcome.TAKEN)
                  .map(one -> one.copy.orElseThrow())
                  .toList()
              : List.of();
      // Disks take their time to make bytes durable: they do it while the engine reads.
      Crew.Pending settling = savers.begin(copies, raw::settle);
      Landing landing =
          new Intake(
                  settings,
                  context,
                  raw,
                  branch,
                  crew,
                  new Intake.Bases(Base.of(branch, table), Base.of(branch, table.rejected())),
                  at)
              .take(taken);
      settling.join();
      raw.keep(copies, savers);
      branch.publish();
      return landing;
    }
  }

  private Set<String> landedVersions() {
    return context.lake().consumed(table).stream()
        .filter(consumed -> !consumed.outcome().equals(Taken.Outcome.REJECTED.text))
        .map(Consumed::version)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void take(Taken taken, RawStore raw) {
    try {
      taken.copy = raw.take(taken.file);
      if (taken.copy.isEmpty()) {
        later(taken, "it is still being written");
      }
    } catch (NoSuchFileException _) {
      later(taken, "it went away");
    } catch (UncheckedIOException | IOException e) {
      FullDisk.refuse(e);
      later(taken, "it can't be read: " + e);
    }
  }

  private void later(Taken taken, String why) {
    if (settings.common().onError() == OnError.FAIL) {
      throw Failure.data("'" + taken.file.item() + "' is not landed: " + why, "");
    }
    taken.outcome = Taken.Outcome.LATER;
    warn("'" + taken.file.item() + "' is left for the next run: " + why);
  }

  private void warn(String text) {
    context.events().tell(new Event.Warned(context.run(), table, text));
  }
}
