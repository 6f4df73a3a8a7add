package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.CommitSeam;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LostReplyTest {
  private static final int PUBLISHES = Integer.getInteger("tarn.lost", 60);

  @TempDir Path folder;

  @Test
  void
      when_the_databases_answer_is_lost_again_and_again_nothing_is_lost_and_nothing_is_there_twice() {
    FlakyReply seam = new FlakyReply();
    TableName other = TableName.parse("silver.other");
    try (TestLake lake =
        new TestLake(
            TestLake.database(folder), folder.resolve("lake"), LakeSettings.standard(), seam)) {
      lake.append(ORDERS, TableSpec.of(ORDER));
      WrittenFile one = oneFile(lake);
      seam.armed = true;
      for (int i = 0; i < PUBLISHES; i++) {
        try (Branch branch = lake.branch()) {
          WriteTarget target = branch.append(ORDERS, TableSpec.of(ORDER));
          branch.stage(target, List.of(copy(one, target, i)));
          branch.stage(branch.append(other, TableSpec.of(ORDER)), List.of());
          branch.publish(transaction -> transaction.notes().put("publishes", branch.run().value()));
        }
      }
      seam.armed = false;

      assertThat(seam.lost.get()).isGreaterThanOrEqualTo(PUBLISHES);
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(PUBLISHES);
      Scan scan = lake.lake.find(ORDERS).orElseThrow().scan();
      assertThat(scan.files()).hasSize(PUBLISHES).doesNotHaveDuplicates();
    }
  }

  private WrittenFile oneFile(TestLake lake) {
    try (Branch branch = lake.branch()) {
      WriteTarget target = branch.append(ORDERS, TableSpec.of(ORDER));
      WrittenFile file = lake.duckdb.write(target, "SELECT 1 AS id, 'x' AS status", List.of());
      return new WrittenFile(
          java.nio.file.Files.copy(file.path(), folder.resolve("one.parquet")),
          file.rows(),
          file.bytes(),
          file.statistics(),
          List.of(),
          file.crc32c());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static WrittenFile copy(WrittenFile file, WriteTarget target, int n) {
    try {
      Path copy = java.nio.file.Files.copy(file.path(), target.folder().resolve(n + ".parquet"));
      return new WrittenFile(
          copy, file.rows(), file.bytes(), file.statistics(), List.of(), file.crc32c());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Loses each answer at least once, half of them before the commit and half of them after it.
  private static final class FlakyReply implements CommitSeam {
    private final SplittableRandom random = new SplittableRandom(3);
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean armed;
    private boolean recovering;

    @Override
    public void before() throws SQLException {
      if (armed && !recovering && random.nextBoolean()) {
        recovering = true;
        lose();
      }
    }

    @Override
    public void after() throws SQLException {
      if (armed) {
        recovering = false;
        lose();
      }
    }

    private void lose() throws SQLException {
      lost.incrementAndGet();
      throw new SQLException("the connection was reset", "08006");
    }
  }
}
