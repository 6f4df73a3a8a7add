package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RebuildTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final TableName ODD = new TableName("gold", "söme \"odd\" name");
  private static final TableName VIEW = TableName.parse("gold.open");

  @TempDir Path folder;

  @Test
  void tables_and_views_are_found_again_when_the_metadata_database_is_lost() throws IOException {
    fill();
    List<Consumed> consumed;
    try (TestLake lake = TestLake.in(folder)) {
      consumed = lake.lake.consumed(ORDERS);
    }
    loseDatabase();

    try (TestLake lake = TestLake.in(folder)) {
      assertThat(lake.lake.tables()).isEmpty();
      Rebuilt rebuilt = lake.lake.rebuild();

      assertThat(rebuilt.tables()).containsExactly(VIEW, ODD, ORDERS);
      assertThat(rebuilt.skipped()).isEmpty();
      assertThat(lake.rows(ORDERS)).containsExactly("1|placed", "2|shipped");
      assertThat(lake.rows(ODD)).containsExactly("3|odd");
      assertThat(lake.lake.view(VIEW).orElseThrow().sql()).isEqualTo("SELECT 1");
      assertThat(lake.lake.consumed(ORDERS)).hasSize(2).isEqualTo(consumed);
      assertThat(lake.lake.scrub().unverified()).isZero();
      lake.append(ORDERS, SPEC, "SELECT 4 AS id, 'later' AS status");
      assertThat(lake.rows(ORDERS)).hasSize(3);
      assertThat(lake.lake.rebuild().tables()).isEmpty();
    }
  }

  @Test
  void a_damaged_current_version_gives_way_to_the_newest_whole_one() throws IOException {
    fill();
    Path current;
    try (TestLake lake = TestLake.in(folder)) {
      current = Path.of(lake.lake.find(ORDERS).orElseThrow().metadataLocation());
    }
    byte[] bytes = Files.readAllBytes(current);
    bytes[bytes.length / 2] ^= 4;
    Files.write(current, bytes);

    try (TestLake lake = TestLake.in(folder)) {
      Rebuilt rebuilt = lake.lake.rebuild();

      assertThat(rebuilt.tables()).containsExactly(ORDERS);
      assertThat(rebuilt.skipped())
          .isNotEmpty()
          .allSatisfy(text -> assertThat(text).contains(current.toString()));
      assertThat(lake.rows(ORDERS)).containsExactly("1|placed");
    }
  }

  private void fill() {
    try (TestLake lake = TestLake.in(folder)) {
      try (Branch branch = lake.branch()) {
        lake.stageAppend(branch, ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
        branch.consume(List.of(taken(lake, branch, "a.csv"), taken(lake, branch, "b \"ü\".csv")));
        branch.publish(_ -> {});
      }
      lake.clock.advance(java.time.Duration.ofMinutes(1));
      lake.append(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");
      lake.replace(ODD, SPEC, "SELECT 3 AS id, 'odd' AS status");
      try (Branch branch = lake.branch()) {
        branch.view(VIEW, "SELECT 1", ORDER, Map.of());
        branch.publish(_ -> {});
      }
    }
  }

  private static Consumed taken(TestLake lake, Branch branch, String item) {
    return new Consumed(
        ORDERS,
        item,
        "ab".repeat(32),
        7,
        lake.clock.instant().minusNanos(1),
        "8:15",
        "taken",
        1,
        0,
        branch.run(),
        lake.clock.instant());
  }

  private void loseDatabase() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : List.copyOf(all.filter(Files::isRegularFile).toList())) {
        Files.delete(path);
      }
    }
  }
}
