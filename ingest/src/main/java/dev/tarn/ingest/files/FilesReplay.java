package dev.tarn.ingest.files;

import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.Replay;
import dev.tarn.ingest.ReplayScope;
import dev.tarn.ingest.files.TakenHistory.Version;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Reads files again that were taken before, from the copies that were kept. Whatever was made of
/// them is replaced, files and all their versions whole, in the order in which they came in; rows
/// of other files stay.
public final class FilesReplay {
  private static final int SHOWN = 20;

  private final FilesSettings settings;
  private final TableName table;

  public FilesReplay(FilesSettings settings) {
    this.settings = settings;
    this.table = settings.common().table();
  }

  /// How many files were read with other settings, as far as is known.
  public int outdated(Lake lake) {
    return (int)
        new TakenHistory(lake.consumed(table))
            .versions().stream()
                .filter(version -> !version.made().reading().isEmpty() && isOutdated(version))
                .map(Version::item)
                .distinct()
                .count();
  }

  /// What is to be read again.
  public Replay plan(Lake lake, ReplayScope scope) {
    TakenHistory history = new TakenHistory(lake.consumed(table));
    Set<String> chosen =
        history.items(version ->
            switch (scope) {
              case OUTDATED -> isOutdated(version);
              case REJECTED -> hasRejected(version);
              case ALL -> true;
            });
    Map<String, Replay.Gone> gone = new HashMap<>();
    List<Replay.Version> again = new ArrayList<>();
    Set<String> others = new HashSet<>();
    for (Version version : history.versions()) {
      if (!chosen.contains(version.item())) {
        others.add(version.item());
      } else if (source(lake, version.content(), version.item(), version.last().bytes())
          .isEmpty()) {
        gone.merge(version.item(), gone(lake, version), FilesReplay::together);
      } else {
        again.add(again(version));
      }
    }
    again.removeIf(version -> gone.containsKey(version.item()));
    return new Replay(
        table,
        again,
        gone.values().stream().sorted(Comparator.comparing(Replay.Gone::item)).toList(),
        others.size());
  }

  private boolean isOutdated(Version version) {
    return !version.made().reading().equals(settings.reading());
  }

  private static boolean hasRejected(Version version) {
    return version.made().rejected() > 0
        || version.made().outcome().equals(Taken.Outcome.REJECTED.text);
  }

  private static Replay.Gone gone(Lake lake, Version version) {
    return new Replay.Gone(
        version.item(), copy(lake, version.content()).toString(), version.made().rows());
  }

  private static Replay.Gone together(Replay.Gone one, Replay.Gone other) {
    return new Replay.Gone(one.item(), other.copy(), one.rows() + other.rows());
  }

  private static Replay.Version again(Version version) {
    Consumed last = version.last();
    return new Replay.Version(
        last.item(),
        last.version(),
        last.bytes(),
        last.modified(),
        FilesLanding.place(last),
        version.first().at(),
        version.rank());
  }

  private static Path copy(Lake lake, String sha256) {
    return lake.raw()
        .resolve(sha256.substring(0, 2))
        .resolve(sha256.substring(2, 4))
        .resolve(sha256);
  }

  /// The copy that was kept, or the file itself when it still looks as it did.
  private Optional<Path> source(Lake lake, String sha256, String item, long bytes) {
    Path copy = copy(lake, sha256);
    if (Files.exists(copy)) {
      return Optional.of(copy);
    }
    Path original = settings.folder().resolve(item);
    try {
      return Files.isRegularFile(original) && Files.size(original) == bytes
          ? Optional.of(original)
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Stages what becomes of the files.
  public Landing land(Replay replay, LandingContext context, Branch branch) {
    Landing landed = Landing.nothing(table);
    List<List<Replay.Version>> parts = FilesLanding.parts(replay.again(), Replay.Version::bytes);
    Set<String> versions = others(replay, context.lake());
    Instant now = context.clock().instant();
    for (int i = 0; i < parts.size(); i++) {
      Intake.Bases bases =
          i == 0
              ? bases(replay, context, branch)
              : new Intake.Bases(Base.of(branch, table), Base.of(branch, table.rejected()));
      landed = landed.plus(land(parts.get(i), bases, versions, context, branch, now));
    }
    return landed;
  }

  private Landing land(
      List<Replay.Version> part,
      Intake.Bases bases,
      Set<String> versions,
      LandingContext context,
      Branch branch,
      Instant now) {
    try (RawStore raw = new RawStore(context.lake().raw(), context.run(), table);
        Crew crew = new Crew(context.threads())) {
      List<Taken> taken = new ArrayList<>();
      for (Replay.Version version : part) {
        taken.add(
            new Taken(
                found(version, context.lake()),
                new RejectedLines(raw.scratch(".rejected")),
                version.at(),
                version.rank()));
      }
      List<Taken> all = List.copyOf(taken);
      Collection<Problem> damaged = new ConcurrentLinkedQueue<>();
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        places.add(i);
      }
      crew.each(places, i -> take(all.get(i), part.get(i), raw, context.lake(), damaged));
      if (!damaged.isEmpty()) {
        throw new Failure(Remedy.FIX_DATA, damaged.stream().limit(SHOWN).toList());
      }
      Taken.alreadyThere(all, versions);
      return new Intake(settings, context, raw, branch, crew, bases, now).take(all);
    }
  }

  private FoundFile found(Replay.Version version, Lake lake) {
    Path path =
        source(lake, version.content(), version.item(), version.bytes())
            .orElseGet(() -> copy(lake, version.content()));
    return new FoundFile(
        version.item(), path, version.bytes(), version.modified(), version.place());
  }

  private static void take(
      Taken taken, Replay.Version version, RawStore raw, Lake lake, Collection<Problem> damaged)
      throws IOException {
    Path path = taken.file.path();
    boolean kept = path.startsWith(lake.raw());
    // A file in the source's own folder may change while it is read.
    Path read = kept ? path : raw.scratch(".raw");
    if (RawStore.sha256(path, kept ? Optional.empty() : Optional.of(read))
        .equals(version.content())) {
      taken.copy = Optional.of(new RawStore.Copy(read, version.content(), taken.file));
    } else {
      damaged.add(
          kept
              ? Problem.of(
                  "the copy of '" + version.item() + "' in " + path + " is damaged",
                  "put back a whole one, from a backup say; nothing was changed")
              : Problem.of(
                  "'" + version.item() + "' is not what was taken, and no copy of that is kept",
                  "keep what was made of it then: --keep-gone"));
    }
  }

  /// Contents that other files brought and that are not read again.
  private Set<String> others(Replay replay, Lake lake) {
    Set<String> items =
        replay.again().stream().map(Replay.Version::item).collect(Collectors.toSet());
    return new TakenHistory(lake.consumed(table))
        .versions().stream()
            .filter(version -> !items.contains(version.item()))
            .filter(version -> version.made().outcome().equals(Taken.Outcome.TAKEN.text))
            .map(Version::content)
            .collect(Collectors.toCollection(HashSet::new));
  }

  private Intake.Bases bases(Replay replay, LandingContext context, Branch branch) {
    List<String> items = replay.again().stream().map(Replay.Version::item).distinct().toList();
    Base rows =
        branch
            .find(table)
            .map(now -> new Base.Without(now, items))
            .filter(others -> others.hasRows(context.session()))
            .<Base>map(others -> others)
            .orElseGet(() -> new Base.Nothing(table));
    Base rejected =
        branch
            .find(table.rejected())
            .filter(now -> now.rows() > 0)
            .<Base>map(now -> new Base.Without(now, items))
            .orElseGet(() -> Base.of(branch, table.rejected()));
    return new Intake.Bases(rows, rejected);
  }
}
