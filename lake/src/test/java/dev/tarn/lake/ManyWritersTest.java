package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManyWritersTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final int PROCESSES = 5;
  private static final int COMMITS = Integer.getInteger("tarn.commits", 6);

  @TempDir Path folder;

  @Test
  void appends_of_several_processes_to_one_table_all_arrive()
      throws IOException, InterruptedException {
    Path template = folder.resolve("template.parquet");
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.append(ORDERS, SPEC);
      WriteTarget target = branch.append(ORDERS, SPEC);
      Files.copy(
          lake.duckdb.write(target, "SELECT 1 AS id, 'x' AS status", List.of()).path(), template);
    }
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(i));
    }
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }

    try (TestLake lake = TestLake.in(folder)) {
      LakeTable table = lake.lake.find(ORDERS).orElseThrow();
      assertThat(table.rows()).isEqualTo(PROCESSES * COMMITS);
      assertThat(table.scan().files()).hasSize(PROCESSES * COMMITS).doesNotHaveDuplicates();
      assertThat(lake.lake.scrub().damaged()).isEmpty();
    }
  }

  private Process start(int seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString(),
            String.valueOf(seed),
            String.valueOf(COMMITS))
        .redirectErrorStream(true)
        .start();
  }

  /// A process that appends one row at a time.
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      SplittableRandom random = new SplittableRandom(Integer.parseInt(arguments[1]));
      try (TestLake lake = TestLake.in(folder)) {
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
          try (Branch branch =
              lake.lake.branch(RunId.next(InstantSource.system().instant(), random))) {
            WriteTarget target = branch.append(ORDERS, SPEC);
            branch.stage(target, List.of(file(folder.resolve("template.parquet"), target)));
            branch.publish(_ -> {});
          }
        }
      }
    }

    private static WrittenFile file(Path template, WriteTarget target) {
      try {
        Path file = Files.copy(template, target.folder().resolve("one.parquet"));
        return new WrittenFile(
            file, 1, Files.size(file), java.util.Map.of(), List.of(), DuckDbFiles.crc(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
