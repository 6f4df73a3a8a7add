package dev.tarn.sql.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What follows from changed rows is what a recompute gives: for cases that failed once, for the
/// queries of `golden/lineage` and for random ones. `./dev prove` tries more.
class ProvenEqualTest {
  private static final Path FAILURES = Path.of("target", "prove");
  private static final Path CORPUS = Path.of("src/test/resources/golden/lineage");
  private static final int RANDOM_CASES = 100;
  private static final int FEW_STEPS = 8;
  private static ChangeLab lab;

  @BeforeAll
  static void open() throws SQLException {
    lab = new ChangeLab();
  }

  @AfterAll
  static void close() throws SQLException {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> what_failed_once_is_equal_now() throws IOException {
    return files(Proofs.KEPT, ".txt")
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> isEqual(file)));
  }

  private static void isEqual(Path file) throws IOException, SQLException {
    ProofCase kept = ProofCase.read(Files.readString(file));

    Proof.Verdict verdict = Proof.of(lab, kept);

    assertThat(verdict).isInstanceOf(Proof.Verdict.Equal.class);
  }

  @Test
  void the_queries_of_lineage_are_equal() throws IOException, SQLException {
    Proofs proofs = new Proofs(lab, FAILURES);

    for (Path file : files(CORPUS, ".sql").toList()) {
      String name = file.getFileName().toString();
      if (!name.startsWith("unknown")
          && !name.startsWith("cte-recursive")
          && !name.equals("cte-using-key.sql")) {
        String sql = Files.readString(file).strip().replaceAll(";$", "");
        Query query = lab.parser().parse(sql);
        proofs.prove(name, new CorpusDice(name.hashCode()).of(query, sql), Set.of());
      }
    }

    assertThat(proofs.different()).isEmpty();
    assertThat(proofs.all().percent()).as(proofs.report()).isGreaterThan(75);
  }

  @Test
  void random_queries_are_equal_and_most_are_followed() throws IOException, SQLException {
    Proofs proofs = new Proofs(lab, FAILURES);

    for (long seed = 0; seed < RANDOM_CASES; seed++) {
      CaseDice.Thrown thrown = CaseDice.of(seed);
      proofs.prove("seed-" + seed, thrown.made(), thrown.shapes());
    }

    assertThat(proofs.different()).isEmpty();
    assertThat(proofs.all().percent()).as(proofs.report()).isGreaterThan(85);
    assertThat(proofs.open()).isLessThan(RANDOM_CASES / 20);
    assertThat(proofs.unfit()).isLessThan(RANDOM_CASES / 10);
    proofs
        .shares()
        .forEach((shape, share) ->
            assertThat(share.steps() < FEW_STEPS || share.percent() >= 60)
                .as(shape + " is followed: " + share)
                .isTrue());
  }

  @Test
  void a_case_is_read_as_it_was_written() {
    ProofCase thrown = CaseDice.of(7).made();

    ProofCase read = ProofCase.read("# why it is here\n" + thrown.text());

    assertThat(read.text()).isEqualTo(thrown.text());
    assertThat(read.tables()).isEqualTo(thrown.tables());
  }

  @Test
  void a_case_that_fails_shrinks_to_what_makes_it_fail() throws SQLException {
    List<String> cuts =
        QueryCuts.of(
            lab.parser(),
            "SELECT a.x + 1 AS y, a.z FROM s.a JOIN s.b ON a.x = b.x WHERE a.x > 1 ORDER BY 1");

    assertThat(cuts)
        .contains(
            "SELECT a.x AS y, a.z FROM (s.a INNER JOIN s.b ON ((a.x = b.x))) WHERE (a.x > 1) ORDER BY 1")
        .contains("SELECT (a.x + 1) AS y, a.z FROM s.a WHERE (a.x > 1) ORDER BY 1")
        .contains(
            "SELECT (a.x + 1) AS y, a.z FROM (s.a INNER JOIN s.b ON ((a.x = b.x))) ORDER BY 1");
  }

  private static Stream<Path> files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    }
  }
}
