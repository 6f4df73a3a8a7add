package dev.tarn.ingest.files;

import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.OnError;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lands the files of a source that are new or changed, some gigabytes at a time, each such part
/// published whole.
public final class FilesLanding {
  private static final long PART_BYTES = 8_000_000_000L;
  private static final int PART_FILES = 20_000;

  /// A file changed this shortly before it was taken may have changed once more within the clock's
  /// tick.
  private static final Duration RACY = Duration.ofSeconds(2);

  private final FilesSettings settings;
  private final LandingContext context;

  public FilesLanding(FilesSettings settings, LandingContext context) {
    this.settings = settings;
    this.context = context;
  }

  /// Lands all that is new.
  public Landing land() {
    FileListing listing = new FileListing(settings.folder(), settings.limits().files());
    settings.paths().forEach(path -> listing.add(path, settings.pathsAt()));
    unreadable(listing.unreadable());
    Landing landed = Landing.nothing(settings.common().table());
    for (List<FoundFile> part : parts(unknown(listing.files()))) {
      landed = landed.plus(new Part(settings, context, part).land());
    }
    return landed;
  }

  private void unreadable(List<Problem> problems) {
    if (!problems.isEmpty() && settings.common().onError() == OnError.FAIL) {
      throw new Failure(Remedy.FIX_DATA, problems);
    }
    for (Problem problem : problems) {
      context
          .events()
          .tell(new Event.Warned(context.run(), settings.common().table(), problem.what()));
    }
  }

  /// What was not taken as it is now, told without reading it.
  private List<FoundFile> unknown(List<FoundFile> files) {
    Map<String, Consumed> known = context.lake().consumedLatest(settings.common().table());
    return files.stream()
        .filter(file -> {
          Consumed last = known.get(file.item());
          return last == null || !isSame(file, last);
        })
        .toList();
  }

  private boolean isSame(FoundFile file, Consumed last) {
    boolean racy = last.modified().isAfter(last.at().minus(RACY));
    return !racy
        && last.bytes() == file.bytes()
        && last.modified().equals(file.modified())
        && last.identity().equals(identity(settings, file, last.outcome()));
  }

  /// What was refused is looked at again when the source's settings change.
  static String identity(FilesSettings settings, FoundFile file, String outcome) {
    return outcome.equals("rejected")
        ? file.identity() + " " + Integer.toHexString(settings.toString().hashCode())
        : file.identity();
  }

  private static List<List<FoundFile>> parts(List<FoundFile> files) {
    List<List<FoundFile>> parts = new ArrayList<>();
    List<FoundFile> part = new ArrayList<>();
    long bytes = 0;
    for (FoundFile file : files) {
      if (!part.isEmpty() && (bytes + file.bytes() > PART_BYTES || part.size() >= PART_FILES)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(file);
      bytes += file.bytes();
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
