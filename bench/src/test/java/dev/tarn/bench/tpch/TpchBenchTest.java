package dev.tarn.bench.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.bench.faults.Tarn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpchBenchTest {
  private static final double SMALL = 0.01;
  private static final int ROUNDS = 1;

  @TempDir Path folder;

  @Test
  void all_queries_are_after_each_change_what_a_recompute_makes() throws Exception {
    TpchBench.Result result =
        bench(folder.resolve("printed")).run(folder.resolve("work"), SMALL, ROUNDS);

    assertThat(result.different()).isEmpty();
    assertThat(result.compared()).as("queries and tables that orders reach").isEqualTo(25 * ROUNDS);
    assertThat(folder.resolve("printed"))
        .content()
        .contains("gold.q01", "gold.q22", "all of gold")
        .containsPattern("gold.q04 .* incremental\n")
        .containsPattern("gold.q03 .* full: LIMIT")
        .containsPattern("gold.q02 .* not due");
  }

  @Test
  void new_orders_have_keys_of_their_own_and_parts_that_their_suppliers_supply() throws Exception {
    Generator generator = new Generator(SMALL);
    generator.base(folder);
    generator.refresh(folder, 1);

    var used = column("orders/base.tbl", 0);
    var supplied = pairs("partsupp/base.tbl", 0, 1);

    assertThat(column("orders/refresh1.tbl", 0)).hasSize(15).doesNotContainAnyElementsOf(used);
    assertThat(column("deleted_orders/refresh1.tbl", 0)).hasSize(15).isSubsetOf(used);
    assertThat(pairs("lineitem/refresh1.tbl", 1, 2)).isNotEmpty().isSubsetOf(supplied);
    assertThat(column("lineitem/refresh1.tbl", 0)).isSubsetOf(column("orders/refresh1.tbl", 0));
  }

  private static TpchBench bench(Path printed) throws IOException {
    Tarn tarn = Tarn.ofThisProcess();
    TpchBench.Command command =
        (project, words) -> {
          tarn.run(project, words).requireWell();
          return "done";
        };
    return new TpchBench(command, new PrintStream(printed.toFile(), StandardCharsets.UTF_8));
  }

  private List<String> column(String file, int at) throws IOException {
    return pairs(file, at, at);
  }

  private List<String> pairs(String file, int one, int other) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .map(line -> line.split("\\|"))
        .map(cells -> one == other ? cells[one] : cells[one] + " " + cells[other])
        .toList();
  }
}
