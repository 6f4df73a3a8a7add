package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import dev.tarn.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// A small project that has run, and what the stories about branches do with it.
final class BranchProject {
  static final String ORDERS =
      """
      /*
      key: id
      checks:
        - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
      */
      SELECT id::BIGINT AS id, amount::DECIMAL(10, 2) AS amount, status FROM bronze.orders
      """;

  static final String ON = "--branch";

  final Path folder;
  final ManualClock clock = ManualClock.at(Instant.now());
  final TarnShell tarn;

  BranchProject(Path folder) {
    this.folder = folder;
    tarn =
        new TarnShell(folder, clock)
            .file("tarn.yml", "name: small\nmaintain: {orphans_older_than: 0s, grace: 0s}\n")
            .file("sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("data/1.csv", "id,amount,status\n1,10.00,placed\n2,20.00,shipped\n3,5.00,lost\n")
            .file("models/silver/orders.sql", ORDERS)
            .file("models/gold/sums.sql", "SELECT sum(amount) AS total FROM silver.orders")
            .file(
                "models/gold/placed.sql",
                "/*\nmaterialize: view\n*/\nSELECT id FROM silver.orders WHERE status = 'placed'");
    well("run");
  }

  Answer well(String... words) {
    clock.advance(Duration.ofSeconds(1));
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  Answer fails(int status, String... words) {
    Answer answer = tarn.run(words);
    assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(status);
    return answer;
  }

  List<String> rows(String branch, String sql) {
    Answer answer =
        branch.isEmpty()
            ? well("query", sql, "--format", "csv")
            : well("query", sql, "--format", "csv", ON, branch);
    return answer.out().lines().skip(1).toList();
  }

  String total(String branch) {
    return rows(branch, "SELECT total FROM gold.sums").getFirst();
  }

  List<Path> files() {
    try (Stream<Path> all = Files.walk(folder.resolve(".tarn/lake"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rates() {
    tarn.file(
        "models/silver/orders.sql",
        ORDERS.replace("amount::DECIMAL(10, 2)", "amount::DECIMAL(10, 2) * 2"));
  }

  @SafeVarargs
  static List<Answer> atOnce(Callable<Answer>... work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(work.length)) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : threads.invokeAll(List.of(work))) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
