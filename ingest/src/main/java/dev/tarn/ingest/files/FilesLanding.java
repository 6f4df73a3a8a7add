package dev.tarn.ingest.files;

import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.OnError;
import dev.tarn.ingest.Pending;
import dev.tarn.lake.Lake;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Lands the files of a source that are new or changed, some gigabytes at a time, each such part
/// published whole.
public final class FilesLanding {
  private static final long PART_BYTES = 8_000_000_000L;
  private static final int PART_FILES = 20_000;
  private static final int SHOWN = 20;
  static final String LET_READ = "let the user that runs Tarn read it";

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
    List<Problem> unreadable = new ArrayList<>(listing.unreadable());
    List<FoundFile> readable = readable(unknown(listing.files()), unreadable);
    if (settings.common().onError() == OnError.FAIL) {
      refuse(unreadable);
    }
    Landing landed = Landing.nothing(settings.common().table());
    for (List<FoundFile> part : parts(readable, FoundFile::bytes)) {
      landed = landed.plus(new Part(settings, context, part).land());
    }
    // What can be read has landed; but a table that lacks what nobody could read must not pass for
    // whole.
    refuse(unreadable);
    return landed.changed() ? landed : landed.plus(new Founding(settings, context).found());
  }

  private static List<FoundFile> readable(List<FoundFile> files, List<Problem> unreadable) {
    List<FoundFile> readable = new ArrayList<>();
    for (FoundFile file : files) {
      if (Files.isReadable(file.path()) || !Files.exists(file.path())) {
        readable.add(file);
      } else {
        unreadable.add(Problem.of("'" + file.item() + "' can't be read", LET_READ));
      }
    }
    return readable;
  }

  private static void refuse(List<Problem> unreadable) {
    if (!unreadable.isEmpty()) {
      List<Problem> shown = unreadable.subList(0, Math.min(SHOWN, unreadable.size()));
      throw new Failure(Remedy.FIX_DATA, shown);
    }
  }

  /// What looks new, without reading it. A file that was written so shortly before it was taken
  /// that it may have changed once more is read again by a landing, but is no news.
  public static Pending pending(FilesSettings settings, Lake lake) {
    FileListing listing = new FileListing(settings.folder(), settings.limits().files());
    settings.paths().forEach(path -> listing.add(path, settings.pathsAt()));
    Map<String, Consumed> known = lake.consumedLatest(settings.common().table());
    List<FoundFile> files =
        listing.files().stream()
            .filter(file -> isOther(settings, file, Optional.ofNullable(known.get(file.item()))))
            .toList();
    return new Pending(files.size(), files.stream().mapToLong(FoundFile::bytes).sum());
  }

  /// What was not taken as it is now, told without reading it.
  private List<FoundFile> unknown(List<FoundFile> files) {
    Map<String, Consumed> known = context.lake().consumedLatest(settings.common().table());
    return files.stream()
        .filter(file -> {
          Optional<Consumed> last = Optional.ofNullable(known.get(file.item()));
          return isOther(settings, file, last) || last.filter(FilesLanding::isRacy).isPresent();
        })
        .toList();
  }

  private static boolean isRacy(Consumed last) {
    return last.modified().isAfter(last.at().minus(RACY));
  }

  private static boolean isOther(FilesSettings settings, FoundFile file, Optional<Consumed> last) {
    return last.filter(one -> one.bytes() == file.bytes())
        .filter(one -> one.modified().equals(file.modified()))
        .filter(one -> one.identity().equals(identity(settings, file, one.outcome())))
        .isEmpty();
  }

  /// What was refused is looked at again when the source's settings change.
  static String identity(FilesSettings settings, FoundFile file, String outcome) {
    return outcome.equals("rejected")
        ? file.identity() + " " + Integer.toHexString(settings.toString().hashCode())
        : file.identity();
  }

  /// What the file system knew a file by when it was taken.
  static String place(Consumed taken) {
    String hash = taken.outcome().equals("rejected") ? taken.identity() : "";
    int end = hash.lastIndexOf(' ');
    return end < 0 ? taken.identity() : taken.identity().substring(0, end);
  }

  /// As many at a time as are read in one go.
  static <T> List<List<T>> parts(List<T> files, ToLongFunction<T> size) {
    List<List<T>> parts = new ArrayList<>();
    List<T> part = new ArrayList<>();
    long bytes = 0;
    for (T file : files) {
      long more = size.applyAsLong(file);
      if (!part.isEmpty() && (bytes + more > PART_BYTES || part.size() >= PART_FILES)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(file);
      bytes += more;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
