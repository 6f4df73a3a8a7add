package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.CommitSeam;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);

  @TempDir Path folder;

  @Test
  void a_full_disk_is_told_and_what_was_there_stays() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
        "may not mount here");
    try (TestLake lake =
        new TestLake(TestLake.database(folder), disk, LakeSettings.standard(), CommitSeam.NONE)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
      int before = lake.rows(ORDERS).size();
      Path filler = disk.resolve("filler");
      fill(filler);

      try (Branch branch = lake.branch()) {
        assertThatThrownBy(
                () -> {
                  branch.stage(branch.append(ORDERS, SPEC), List.of());
                  branch.stage(branch.replace(ORDERS, SPEC), List.of());
                  branch.publish(_ -> {});
                })
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
                  assertThat(failure).hasMessageContaining("the disk is full");
                });
      }

      assertThat(lake.rows(ORDERS)).hasSize(before);
      Files.delete(filler);
      lake.append(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");
      assertThat(lake.rows(ORDERS)).hasSize(before + 1);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void a_lake_on_a_read_only_disk_is_read_and_says_that_it_takes_nothing() throws Exception {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
    }
    Assumptions.assumeTrue(
        run("mount", "--bind", folder.toString(), folder.toString()), "may not mount here");
    try {
      Assumptions.assumeTrue(run("mount", "-o", "remount,bind,ro", folder.toString()));
      try (TestLake lake = TestLake.in(folder);
          Branch branch = lake.branch()) {
        assertThat(lake.rows(ORDERS)).containsExactly("1|placed");
        assertThatThrownBy(() -> branch.replace(ORDERS, SPEC))
            .isInstanceOfSatisfying(
                Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT))
            .hasMessageContaining("can't be written");
      }
    } finally {
      run("umount", "-l", folder.toString());
    }
  }

  private static void fill(Path filler) {
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException _) {
      assertThat(filler).exists();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
