package dev.tarn.bench.faults;

import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.store.FileKind;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Damages one file at a time and reads: what comes must be right, or an error that names the file.
public final class Damage {
  private static final int MOST_FLIPS = 4;
  private static final int MOST_ZEROS = 512;

  private final Path project;
  private final Content expected;
  private final SplittableRandom random;
  private final Figures figures;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  private enum Outcome {
    RIGHT,
    NAMED,
    NAMED_ANOTHER
  }

  /// @param table empty for the metadata database, which all tables need
  private record Target(Path file, List<TableName> table, String kind) {}

  Damage(Path project, Content expected, long seed, Figures figures) {
    this.project = project;
    this.expected = expected;
    this.random = new SplittableRandom(seed);
    this.figures = figures;
  }

  Figures mutants(int count) throws IOException {
    List<List<Target>> kinds = targets();
    for (int mutant = 0; mutant < count; mutant++) {
      List<Target> kind = kinds.get(mutant % kinds.size());
      mutant(kind.get(random.nextInt(kind.size())));
    }
    figures.note("kinds of files %d".formatted(kinds.size()));
    outcomes.forEach((outcome, times) ->
        figures.note(
            outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + times));
    return figures;
  }

  /// What a table's current content needs, by kind.
  private List<List<Target>> targets() {
    List<Target> data = new ArrayList<>();
    List<Target> metadata = new ArrayList<>();
    List<Target> manifests = new ArrayList<>();
    try (OpenLake lake = OpenLake.of(project)) {
      Set<String> current = Set.copyOf(lake.lake().versions().values());
      for (var file : lake.store().read(read -> read.files().all())) {
        Target target =
            new Target(Path.of(file.path()), List.of(file.table()), file.kind().toString());
        if (file.kind() == FileKind.DATA) {
          data.add(target);
        } else if (current.contains(file.path())) {
          metadata.add(target);
        } else if (file.kind() != FileKind.METADATA) {
          manifests.add(target);
        }
      }
    }
    Target database = new Target(OpenLake.database(project), List.of(), "database");
    return List.of(data, metadata, manifests, List.of(database));
  }

  private void mutant(Target target) throws IOException {
    byte[] sound = Files.readAllBytes(target.file());
    byte[] damaged = damaged(sound);
    Files.write(target.file(), damaged);
    figures.trial();
    try {
      Content found = read(target);
      if (differs(found, target)) {
        figures.silent(target.file() + " was damaged and other rows were read, without an error");
      }
      count(Outcome.RIGHT);
    } catch (Failure failure) {
      judge(failure, target);
    } catch (RuntimeException e) {
      figures.unreadable(target.file() + " was damaged: no proper error, but " + e);
    } finally {
      Files.deleteIfExists(target.file().resolveSibling(target.file().getFileName() + "-wal"));
      Files.deleteIfExists(target.file().resolveSibling(target.file().getFileName() + "-shm"));
      Files.write(target.file(), sound);
    }
  }

  private void judge(Failure failure, Target target) {
    boolean named =
        String.valueOf(failure.getMessage()).contains(target.file().getFileName().toString());
    if (failure.remedy() == Remedy.REPORT_BUG || !named && !target.table().isEmpty()) {
      figures.unreadable(
          target.file()
              + " was damaged, but the error is: "
              + failure.remedy()
              + " "
              + failure.getMessage());
    }
    count(named ? Outcome.NAMED : Outcome.NAMED_ANOTHER);
  }

  private void count(Outcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private Content read(Target target) {
    EngineSettings settings =
        new EngineSettings(
            new ByteSize(1L << 29), 1, project.resolveSibling("spill"), new ByteSize(1L << 29));
    try (OpenLake lake = OpenLake.of(project);
        DuckDbEngine engine = new DuckDbEngine(settings)) {
      return Content.of(
          lake, engine, target.table().isEmpty() ? lake.lake().tables() : target.table());
    }
  }

  /// A table that is not there at all is told to whoever asks for it, so it is no silent
  /// difference.
  private boolean differs(Content found, Target target) {
    return found.tables().entrySet().stream()
            .anyMatch(table -> !table.getValue().equals(expected.tables().get(table.getKey())))
        || !target.table().isEmpty() && found.tables().isEmpty();
  }

  private byte[] damaged(byte[] sound) {
    byte[] bytes = sound.clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(
            bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(MOST_ZEROS)), (byte) 0);
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> {
        for (int flips = 1 + random.nextInt(MOST_FLIPS); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return bytes;
  }
}
