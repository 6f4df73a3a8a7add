package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DamageTest {
  private static final TableSpec SPEC = TableSpec.of(ORDER);
  private static final int MUTANTS = 400;

  @TempDir Path folder;

  @Test
  void no_damage_to_a_metadata_file_is_silent() throws IOException {
    try (TestLake lake = filled()) {
      List<Path> files = metadataNeeded(lake);
      assertThat(files).hasSize(4);
      SplittableRandom random = new SplittableRandom(11);
      for (int i = 0; i < MUTANTS; i++) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, damaged(sound, random));

        assertThatThrownBy(() -> freshScan(lake))
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.remedy()).isEqualTo(Remedy.FIX_DATA);
                  assertThat(failure).hasMessageContaining(file.toString());
                });

        Files.write(file, sound);
      }
      assertThat(freshScan(lake).rows()).isEqualTo(2);
    }
  }

  @Test
  void missing_and_shortened_data_files_are_told_when_a_read_is_planned() throws IOException {
    try (TestLake lake = filled()) {
      List<ScanFile> files = lake.lake.find(ORDERS).orElseThrow().scan().files();
      Files.delete(files.getFirst().path());
      Files.write(files.getLast().path(), new byte[7]);

      assertThatThrownBy(() -> lake.lake.find(ORDERS).orElseThrow().scan())
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.problems()).hasSize(2));
    }
  }

  @Test
  void a_scrub_names_every_damaged_file() throws IOException {
    try (TestLake lake = filled()) {
      Path raw = lake.lake.raw().resolve("ab/cd/" + "ab".repeat(32));
      Files.createDirectories(raw.getParent());
      Files.writeString(raw, "not what the name says");
      Path data = lake.lake.find(ORDERS).orElseThrow().scan().files().getFirst().path();
      byte[] bytes = Files.readAllBytes(data);
      bytes[20] ^= 1;
      Files.write(data, bytes);

      ScrubReport report = lake.lake.scrub();

      assertThat(report.damaged())
          .extracting(ScrubReport.Damage::path)
          .containsExactlyInAnyOrder(data.toString(), raw.toString());
      assertThat(report.files()).isEqualTo(8);
      assertThat(report.unverified()).isZero();
    }
  }

  @Test
  void a_scrub_goes_on_when_a_tables_metadata_is_damaged() throws IOException {
    try (TestLake lake = filled()) {
      Path metadata = Path.of(lake.lake.find(ORDERS).orElseThrow().metadataLocation());
      byte[] bytes = Files.readAllBytes(metadata);
      bytes[30] ^= 1;
      Files.write(metadata, bytes);
      try (TestLake again = TestLake.in(folder)) {
        assertThat(again.lake.scrub().damaged())
            .isNotEmpty()
            .allSatisfy(damage -> assertThat(damage.path()).isEqualTo(metadata.toString()));
      }
    }
  }

  private TestLake filled() {
    TestLake lake = TestLake.in(folder);
    lake.append(ORDERS, SPEC, "SELECT 1 AS id, 'placed' AS status");
    lake.append(ORDERS, SPEC, "SELECT 2 AS id, 'shipped' AS status");
    return lake;
  }

  /// As a process that has read nothing before.
  private Scan freshScan(TestLake lake) {
    return new Lake(lake.store, lake.lake.warehouse(), lake.clock, LakeSettings.standard())
        .find(ORDERS)
        .orElseThrow()
        .scan();
  }

  /// The current metadata.json, its manifest list and its two manifests.
  private static List<Path> metadataNeeded(TestLake lake) throws IOException {
    Path current = Path.of(lake.lake.find(ORDERS).orElseThrow().metadataLocation());
    long snapshot = lake.lake.find(ORDERS).orElseThrow().snapshotId().orElseThrow();
    try (Stream<Path> all = Files.list(current.getParent())) {
      return all.filter(
              path -> {
                String name = path.getFileName().toString();
                return path.equals(current)
                    || name.contains("snap-" + snapshot)
                    || name.endsWith("-m0.avro");
              })
          .sorted()
          .toList();
    }
  }

  private static byte[] damaged(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        int from = random.nextInt(bytes.length);
        java.util.Arrays.fill(
            bytes,
            from,
            Math.min(bytes.length, from + 1 + random.nextInt(64)),
            (byte) (bytes[from] ^ 0x55));
      }
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return java.util.Arrays.equals(bytes, sound) ? new byte[0] : bytes;
  }
}
