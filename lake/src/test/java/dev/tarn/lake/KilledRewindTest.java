package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledRewindTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final int KILLS = Integer.getInteger("tarn.kills", 4);

  @TempDir Path folder;

  @Test
  void killed_at_any_instant_rows_and_what_was_consumed_went_back_together() throws Exception {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'x' AS status");
      try (Branch branch = lake.branch()) {
        lake.stageAppend(branch, ORDERS, SPEC, "SELECT 2 AS id, 'x' AS status");
        branch.consume(List.of(consumed(branch.run(), lake.clock)));
        branch.publish();
      }
      lake.lake.tag(ORDERS, "two", current(lake.lake));
    }
    List<String> begun = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < KILLS; i++) {
      killOne(i, random.nextLong(100_000_000), begun);

      try (TestLake lake = TestLake.in(folder)) {
        assertThat(lake.lake.find(ORDERS).orElseThrow().rows())
            .isEqualTo(1L + lake.lake.consumed(ORDERS).size());
      }
    }
    try (TestLake lake = TestLake.in(folder)) {
      lake.lake.sweepRuns(begun.stream().map(RunId::new).toList());
      assertThat(lake.lake.scrub().damaged()).isEmpty();
      // The table's log of versions has forgotten the three from before.
      assertThat(
              new OrphanSweep(new Catalog(lake.store), lake.lake.warehouse())
                  .olderThan(InstantSource.system().instant().plus(Duration.ofDays(1)))
                  .files())
          .isLessThanOrEqualTo(3);
    }
    assertThat(begun).hasSizeGreaterThanOrEqualTo(2 * KILLS);
  }

  private static long current(Lake lake) {
    return lake.find(ORDERS).orElseThrow().snapshotId().orElseThrow();
  }

  private void killOne(int seed, long afterNanos, List<String> begun) throws Exception {
    int before = begun.size();
    new KilledProcess(Rewinder.class, folder, seed)
        .run(
            line -> {
              begun.add(line);
              // The first one is done then.
              return begun.size() == before + 2;
            },
            afterNanos);
  }

  /// Takes the table back from its tagged version of two rows to that of one, and forward again,
  /// with what was consumed, until it is killed.
  static final class Rewinder {
    private Rewinder() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
      InstantSource clock = InstantSource.system();
      MetadataStore store = MetadataStore.open(TestLake.database(folder), clock);
      Lake lake =
          new Lake(store, folder.resolve("lake"), clock, new LakeSettings(1_000_000, 20, 10, 4));
      long two = lake.find(ORDERS).orElseThrow().version(new AsOf.Tag("two")).id();
      long one =
          lake.find(ORDERS).orElseThrow().version(new AsOf.Tag("two")).parent().orElseThrow();
      while (true) {
        RunId run = RunId.next(clock.instant(), random);
        System.out.println(run);
        try (Branch branch = lake.branch(run)) {
          List<Consumed> taken = lake.consumed(ORDERS);
          if (taken.isEmpty()) {
            branch.rewind(ORDERS, Optional.of(two));
            branch.consume(List.of(consumed(run, clock)));
          } else {
            branch.rewind(ORDERS, Optional.of(one));
            branch.forget(ORDERS, Set.of(taken.getFirst().run()));
          }
          branch.publish();
        }
      }
    }
  }

  private static Consumed consumed(RunId run, InstantSource clock) {
    return new Consumed(
        ORDERS, "a.csv", "a", 1, clock.instant(), "", "taken", 1, 0, run, clock.instant());
  }
}
