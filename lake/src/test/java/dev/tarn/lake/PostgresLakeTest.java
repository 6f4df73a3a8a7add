package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.CommitSeam;
import dev.tarn.store.MetadataLocation;
import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
final class PostgresLakeTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);

  @TempDir Path folder;

  @Test
  void tables_views_and_history_live_in_postgresql_too_and_others_read_them(
      TemporaryPostgres postgres) {
    String url = postgres.freshDatabase();
    TableName view = TableName.parse("gold.open");
    try (TestLake lake = lake(url, CommitSeam.NONE);
        OtherClients others = new OtherClients(url, folder.resolve("lake"))) {
      lake.replace(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      lake.append(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");
      try (Branch branch = lake.branch()) {
        branch.view(view, "SELECT 1", ORDER, Map.of());
        lake.stageReplace(branch, ORDERS, SPEC, "SELECT 3 AS id, 'new' AS status");
        branch.publish(_ -> {});
      }

      assertThat(lake.rows(ORDERS)).containsExactly("3|new");
      assertThat(lake.lake.history(ORDERS)).hasSize(3);
      assertThat(lake.lake.views()).containsExactly(view);
      assertThat(others.rows(ORDERS)).containsExactly("3|new");
      assertThat(lake.lake.scrub().damaged()).isEmpty();
    }
  }

  @Test
  void writers_that_race_and_answers_that_get_lost_lose_no_rows(TemporaryPostgres postgres)
      throws InterruptedException {
    String url = postgres.freshDatabase();
    AtomicInteger commits = new AtomicInteger();
    CommitSeam seam =
        new CommitSeam() {
          @Override
          public void after() throws SQLException {
            if (commits.incrementAndGet() % 3 == 0) {
              throw new SQLException("the connection was reset", "08006");
            }
          }
        };
    try (TestLake lake = lake(url, CommitSeam.NONE)) {
      lake.append(ORDERS, SPEC);
    }
    List<Thread> writers =
        IntStream.range(0, 4)
            .mapToObj(i -> Thread.ofPlatform().start(() -> write(url, seam, i)))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }

    try (TestLake lake = lake(url, CommitSeam.NONE)) {
      assertThat(lake.rows(ORDERS)).hasSize(40).doesNotHaveDuplicates();
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(40);
    }
  }

  /// Each with a lake of its own, as another process would have.
  private void write(String url, CommitSeam seam, int writer) {
    try (TestLake lake = lake(url, seam)) {
      for (int i = 0; i < 10; i++) {
        try (Branch branch =
            lake.lake.branch(
                RunId.next(lake.clock.instant(), new SplittableRandom(writer * 100 + i)))) {
          lake.stageAppend(
              branch, ORDERS, SPEC, "SELECT " + (writer * 100 + i) + " AS id, 'x' AS status");
          branch.publish(_ -> {});
        }
      }
    }
  }

  private TestLake lake(String url, CommitSeam seam) {
    return new TestLake(
        MetadataLocation.parse(url, folder), folder.resolve("lake"), LakeSettings.standard(), seam);
  }
}
