package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The shop from files to published gold, in turn with a plain DuckDB program that does the same
/// reads, queries and Parquet writes with no catalog, checks or provenance. Both may use 2 GB and
/// two threads.
final class ShopBench {
  private static final int ROUNDS = 3;

  private final Path tarn;

  ShopBench(Path tarn) {
    this.tarn = tarn;
  }

  void run(String scale) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-shop");
    Path project = work.resolve("shop");
    Path log = work.resolve("log");
    Child.run(log, Main.words(tarn, "init", project, "--example", "shop", "--scale", scale));
    Files.writeString(
        project.resolve("tarn.yml"), "\nmemory: 2GB\nthreads: 2\n", StandardOpenOption.APPEND);
    double wall = 0;
    double cpu = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      Child.Taken reference = plain(project, work.resolve("plain" + round), log);
      Main.print("plain DuckDB, round " + round, reference);
      Child.Taken ours = tarn(project, log);
      Main.print("tarn run, round " + round, ours);
      wall += ours.wallSeconds() / reference.wallSeconds() / ROUNDS;
      cpu += ours.cpuSeconds() / reference.cpuSeconds() / ROUNDS;
    }
    System.out.printf("ratio (mean of %d): %.2f wall, %.2f cpu; goal 1.25%n", ROUNDS, wall, cpu);
    Scratch.delete(work);
  }

  private static Child.Taken plain(Path project, Path out, Path log)
      throws IOException, InterruptedException {
    Child.Taken taken =
        Child.run(
            log,
            Main.words(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-cp",
                System.getProperty("java.class.path"),
                PlainDuckDbShop.class.getName(),
                project,
                out,
                "2GB",
                "2"));
    Scratch.delete(out);
    return taken;
  }

  private Child.Taken tarn(Path project, Path log) throws IOException, InterruptedException {
    Scratch.delete(project.resolve(".tarn"));
    return Child.run(log, Main.words(tarn, "-C", project, "run"));
  }
}
