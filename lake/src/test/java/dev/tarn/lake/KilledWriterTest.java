package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledWriterTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final int KILLS = Integer.getInteger("tarn.kills", 5);

  @TempDir Path folder;

  @Test
  void a_writer_killed_at_any_instant_loses_nothing_doubles_nothing_and_leaves_nothing()
      throws Exception {
    List<String> begun = new ArrayList<>();
    List<String> acknowledged = new ArrayList<>();
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'x' AS status");
      Files.copy(
          lake.lake.find(ORDERS).orElseThrow().scan().files().getFirst().path(),
          folder.resolve("one.parquet"));
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < KILLS; i++) {
      killOne(i, random, begun, acknowledged);
    }

    try (TestLake lake = TestLake.in(folder)) {
      List<String> present =
          lake.lake.find(ORDERS).orElseThrow().scan().files().stream()
              .map(file -> file.path().getParent().getFileName().toString().substring(0, 26))
              .toList();
      assertThat(present).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(present).hasSizeLessThanOrEqualTo(1 + acknowledged.size() + KILLS);
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(present.size());
      lake.lake.sweepRuns(begun.stream().map(RunId::new).toList());
      assertThat(lake.lake.scrub().damaged()).isEmpty();
      assertThat(
              new OrphanSweep(new Catalog(lake.store), lake.lake.warehouse())
                  .olderThan(InstantSource.system().instant().plus(Duration.ofDays(1)))
                  .files())
          .isZero();
    }
  }

  private void killOne(
      int seed, SplittableRandom random, List<String> begun, List<String> acknowledged)
      throws Exception {
    new KilledProcess(Writer.class, folder, seed)
        .run(
            line -> {
              (line.startsWith("begun") ? begun : acknowledged)
                  .add(line.substring(line.indexOf(' ') + 1));
              return !acknowledged.isEmpty();
            },
            random.nextLong(400_000_000));
  }

  /// Appends a row again and again, and says so, until it is killed.
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
      InstantSource clock = InstantSource.system();
      MetadataStore store = MetadataStore.open(TestLake.database(folder), clock);
      Lake lake =
          new Lake(store, folder.resolve("lake"), clock, new LakeSettings(1_000_000, 20, 10, 4));
      while (true) {
        RunId run = RunId.next(clock.instant(), random);
        System.out.println("begun " + run);
        try (Branch branch = lake.branch(run)) {
          WriteTarget target = branch.append(ORDERS, SPEC);
          branch.stage(target, List.of(one(folder, target)));
          branch.publish(_ -> {});
        }
        System.out.println("acknowledged " + run);
      }
    }

    private static WrittenFile one(Path folder, WriteTarget target) {
      try {
        Path file =
            Files.copy(folder.resolve("one.parquet"), target.folder().resolve("one.parquet"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          channel.force(true);
        }
        return new WrittenFile(
            file, 1, Files.size(file), Map.of(), List.of(), DuckDbFiles.crc(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
