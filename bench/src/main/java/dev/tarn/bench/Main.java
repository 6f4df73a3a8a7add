package dev.tarn.bench;

import dev.tarn.bench.tpch.TpchBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// Measures Tarn beside its reference and prints the ratio. Needs GNU time (`/usr/bin/time`).
public final class Main {
  private static final String USAGE =
      """
      ./dev bench shop [SCALE]     the shop from files to gold, beside plain DuckDB (default scale: 20)
      ./dev bench start            whole processes: a query, a run with nothing to do
      ./dev bench known [FILES]    a run with nothing new over so many files (default: 10000)
      ./dev bench tables [TABLES]  planning and publishing so many tables (default: 200)
      ./dev bench refresh [ROWS]   a thousand changed rows, beside a recompute (default: 10000000)
      ./dev bench diff [ROWS]      two versions that differ in a hundred rows, beside comparing all (default: 10000000)
      ./dev bench runs [RUNS]      a small change after so many runs, beside one after ten (default: 1000)
      ./dev bench tpch [SCALE]     TPC-H with its refresh streams: its 22 queries by the change, beside a recompute (default: 1)
      """;

  private static final int TPCH_ROUNDS = 3;

  private Main() {}

  public static void main(String[] words) throws IOException, InterruptedException, SQLException {
    String name = words.length == 0 ? "" : words[0];
    Path tarn = Path.of("tarn").toAbsolutePath();
    switch (name) {
      case "shop" -> new ShopBench(tarn).run(words.length > 1 ? words[1] : "20");
      case "start" -> new SmallBench(tarn).start();
      case "known" -> new SmallBench(tarn).known(number(words, 10_000));
      case "tables" -> new SmallBench(tarn).tables(number(words, 200));
      case "refresh" -> new RefreshBench(tarn).run(number(words, 10_000_000));
      case "diff" -> new DiffBench(tarn).run(number(words, 10_000_000));
      case "runs" -> new RunsBench(tarn).run(number(words, 1_000));
      case "tpch" -> tpch(tarn, words.length > 1 ? Double.parseDouble(words[1]) : 1);
      default -> System.out.print(USAGE);
    }
  }

  private static void tpch(Path tarn, double scale) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-tpch");
    TpchBench.Command command =
        (project, line) -> figures(Child.run(work.resolve("log"), onProject(tarn, project, line)));
    TpchBench.Result result = new TpchBench(command, System.out).run(work, scale, TPCH_ROUNDS);
    System.out.printf(
        "%d tables compared with a recompute, %d different%n",
        result.compared(), result.different().size());
  }

  private static int number(String[] words, int fallback) {
    return words.length > 1 ? Integer.parseInt(words[1]) : fallback;
  }

  /// A figure line.
  static void print(String what, Child.Taken taken) {
    System.out.printf("%-28s %s%n", what, figures(taken));
  }

  private static String figures(Child.Taken taken) {
    return "%7.2f s wall %7.2f s cpu %6d MB"
        .formatted(taken.wallSeconds(), taken.cpuSeconds(), taken.peakMegabytes());
  }

  /// The words of a command on a project.
  static List<String> onProject(Path tarn, Path project, String... words) {
    return Stream.concat(Stream.of(tarn.toString(), "-C", project.toString()), Stream.of(words))
        .toList();
  }

  /// The words of a command.
  static List<String> words(Object... words) {
    return java.util.Arrays.stream(words).map(String::valueOf).toList();
  }
}
