package dev.tarn.bench.tpch;

import dev.tarn.bench.Scratch;
import dev.tarn.bench.faults.OpenLake;
import dev.tarn.store.BranchRecord;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// TPC-H with its refresh functions: orders come and old ones go, and its 22 queries, as gold
/// tables, are refreshed by the change; beside it, on a branch, all that the change reaches is
/// computed whole, and the results are compared.
public final class TpchBench {
  private static final String REFERENCE = "reference";
  private static final String[] WHOLE = {
    "run", "silver.orders+", "silver.lineitem+", "--full", "--branch", REFERENCE
  };

  private final Command tarn;
  private final PrintStream out;

  public TpchBench(Command tarn, PrintStream out) {
    this.tarn = tarn;
    this.out = out;
  }

  /// Runs a process of Tarn on a project to its end.
  @FunctionalInterface
  public interface Command {
    /// What it took, in words.
    String run(Path project, String... words) throws IOException, InterruptedException;
  }

  /// What came of it.
  ///
  /// @param compared tables, of all rounds
  /// @param different what was not the same in both, in words
  public record Result(int compared, List<String> different) {
    Result and(Result more) {
      return new Result(
          compared + more.compared(),
          Stream.concat(different.stream(), more.different().stream()).toList());
    }
  }

  /// @param work an empty folder; what is made in it stays there only when this fails
  public Result run(Path work, double scale, int rounds) throws IOException, InterruptedException {
    Path project = Files.createDirectories(work.resolve("tpch"));
    Path data = project.resolve("data");
    Generator generator = new Generator(scale);
    TpchProject.write(project, scale);
    generator.base(data);
    out.println("everything for the first time   " + tarn.run(project, "run"));
    Figures figures = new Figures();
    Result result = new Result(0, List.of());
    for (int round = 1; round <= rounds; round++) {
      generator.refresh(data, round);
      result = result.and(round(project, round, figures));
    }
    figures.print(out);
    Scratch.delete(work);
    return result;
  }

  private Result round(Path project, int round, Figures figures)
      throws IOException, InterruptedException {
    out.println("round " + round + ", by the change   " + tarn.run(project, "run"));
    tarn.run(project, "branch", REFERENCE);
    String whole = tarn.run(project, WHOLE);
    out.println("round " + round + ", computed whole  " + whole);
    Result result;
    try (OpenLake open = OpenLake.of(project)) {
      BranchRecord branch = branch(open);
      Map<TableName, Refreshed> change = Refreshed.ofLastRun(open.store());
      Map<TableName, Refreshed> recompute = Refreshed.ofLastRun(open.store().on(branch));
      figures.add(change, recompute);
      List<String> different =
          new Equality(open.lake(), open.lake().on(branch), project.resolve("compare"))
              .differences(recompute.keySet());
      different.forEach(told -> out.println("DIFFERENT in round " + round + ": " + told));
      result = new Result(recompute.size(), different);
    }
    tarn.run(project, "branch", "--drop", REFERENCE);
    return result;
  }

  private static BranchRecord branch(OpenLake open) {
    return open.store().read(read -> read.branches().find(REFERENCE)).orElseThrow();
  }
}
