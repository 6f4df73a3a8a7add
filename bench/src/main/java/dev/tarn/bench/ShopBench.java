package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The shop from files to published gold, in turn with a plain DuckDB program that does the same
/// reads, queries and Parquet writes with no catalog, checks or provenance. Both may use 2 GB and
/// two threads.
final class ShopBench {
  private static final int ROUNDS = 5;

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
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Child.Taken reference = plain(project, work.resolve("plain" + round), log);
      Main.print("plain DuckDB, round " + round, reference);
      Child.Taken ours = tarn(project, log);
      Main.print("tarn run, round " + round, ours);
      wall.add(ours.wallSeconds() / reference.wallSeconds());
      cpu.add(ours.cpuSeconds() / reference.cpuSeconds());
    }
    System.out.printf(
        "ratio (median of %d, lowest to highest): wall %s, cpu %s; goal 1.25%n",
        ROUNDS, ratios(wall), ratios(cpu));
    Scratch.delete(work);
  }

  private static String ratios(List<Double> ratios) {
    List<Double> sorted = ratios.stream().sorted().toList();
    return "%.2f (%.2f to %.2f)"
        .formatted(sorted.get(ROUNDS / 2), sorted.getFirst(), sorted.getLast());
  }

  private static Child.Taken plain(Path project, Path out, Path log)
      throws IOException, InterruptedException {
    Child.Taken taken = Child.run(log, PlainDuckDbShop.class, project, out, "2GB", "2");
    Scratch.delete(out);
    return taken;
  }

  private Child.Taken tarn(Path project, Path log) throws IOException, InterruptedException {
    Child.Taken taken = Child.run(log, Main.words(tarn, "-C", project, "run"));
    Scratch.delete(project.resolve(".tarn"));
    return taken;
  }
}
