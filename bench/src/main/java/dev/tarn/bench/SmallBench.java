package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What should cost next to nothing: starting, looking at known files, planning and publishing many
/// small tables.
final class SmallBench {
  private static final int ROUNDS = 7;

  private final Path tarn;

  SmallBench(Path tarn) {
    this.tarn = tarn;
  }

  /// A query without tables and a run with nothing to do; the reference is a JVM that does nothing.
  void start() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-start");
    Path project = work.resolve("p");
    Child.run(work.resolve("log"), Main.words(tarn, "init", project));
    Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Main.print("java -version", median(work, Main.words(java, "-version")));
    Main.print(
        "tarn query \"SELECT 1\"",
        median(work, Main.words(tarn, "-C", project, "query", "SELECT 1")));
    Main.print("tarn run, nothing to do", median(work, Main.words(tarn, "-C", project, "run")));
    System.out.println("goal: at most 1.0 s each, aim 0.6 s");
    Scratch.delete(work);
  }

  /// A run with nothing new over so many files, beside listing them with `find`.
  void known(int files) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-known");
    Path project = work.resolve("p");
    Path data = Files.createDirectories(project.resolve("data"));
    for (int i = 0; i < files; i++) {
      Files.writeString(data.resolve("f" + i + ".csv"), "id,name\n" + i + ",name " + i + "\n");
    }
    Files.writeString(project.resolve("tarn.yml"), "name: known\n");
    Files.createDirectories(project.resolve("sources"));
    Files.writeString(project.resolve("sources/f.yml"), "from: files\npath: data/*.csv\n");
    Main.print(
        "tarn run, all new",
        Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run")));
    Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run"));
    Main.print(
        "find", median(work, Main.words("find", data, "-name", "*.csv", "-printf", "%s %T@\\n")));
    Main.print("tarn run, nothing new", median(work, Main.words(tarn, "-C", project, "run")));
    System.out.println("goal: at most 2 s");
    Scratch.delete(work);
  }

  /// So many models of one row each, beside the same queries in one DuckDB process written as
  /// Parquet.
  void tables(int tables) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-tables");
    Path project = work.resolve("p");
    Path models = Files.createDirectories(project.resolve("models/gold"));
    Files.writeString(project.resolve("tarn.yml"), "name: tables\n");
    for (int i = 0; i < tables; i++) {
      Files.writeString(
          models.resolve("t" + i + ".sql"), "SELECT " + i + " AS id, 'name " + i + "' AS name\n");
    }
    Child.Taken reference = plain(work, tables);
    Main.print("the queries, plain DuckDB", reference);
    Child.Taken ours = Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run"));
    Main.print("tarn run, " + tables + " tables", ours);
    System.out.printf(
        "beyond the queries: %.2f s wall; goal: at most 5 s%n",
        ours.wallSeconds() - reference.wallSeconds());
    Scratch.delete(work);
  }

  private static Child.Taken plain(Path work, int tables) throws IOException, InterruptedException {
    return Child.run(work.resolve("log"), ManyTables.class, work.resolve("plain"), tables);
  }

  private static Child.Taken median(Path work, List<String> command)
      throws IOException, InterruptedException {
    List<Child.Taken> taken = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      taken.add(Child.run(work.resolve("log"), command));
    }
    return Child.middle(taken);
  }
}
