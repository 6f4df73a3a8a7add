package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.CheckResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known from writing a table never changes what its checks find.
class FiguresTest {
  @TempDir Path folder;
  private TestLake lake;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void checks_find_the_same_with_figures_and_without(long seed) {
    Random random = new Random(seed);
    lake.stage("silver.known", "SELECT range AS a FROM range(0, 25)");
    String rows =
        """
        SELECT CASE WHEN i %% %d > 0 THEN i // %d - %d END::BIGINT AS a, (i %% %d)::INTEGER AS b,
               (i %% 10)::DECIMAL(4, 2) - 0.5 AS c, CASE WHEN i %% %d > 0 THEN 't' || i END AS t,
               CASE i %% %d WHEN 1 THEN 'nan'::DOUBLE ELSE i END AS f, {'x': NULLIF(i %% 3, %d)} AS s
        FROM range(%d) AS r(i)
        """
            .formatted(
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextInt(0, 9),
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextInt(0, 5),
                random.nextInt(0, 60));
    String checks =
        """
        - {not_null: [a, b, t]}
        - {not_null: [b, c], name: full}
        - {not_null: s}
        - {not_null: a, where: b = 0, name: where}
        - {unique: a}
        - {unique: [a, b]}
        - {unique: [b, a], where: "t IS NOT NULL", name: some}
        - {unique: t}
        - {unique: [t, b]}
        - {range: {a: {min: -3, max: 20}, b: {min: 0, max: 2}}}
        - {range: {c: {min: -0.5, max: 8.505}}, tolerance: 10%}
        - {range: {b: {min: 0}}, name: open}
        - {range: {f: {min: 0, max: 100}}}
        - {references: {a: silver.known.a, b: silver.known.a}}
        - {pattern: {t: '^t[0-9]$'}}
        - {accepted: {b: [0, 1]}, on_fail: quarantine, tolerance: 50%}
        """;

    lake.stage("silver.orders", rows);
    List<String> without = findings(lake.audit("silver.orders", checks));
    List<String> with = findings(lake.write("silver.orders", rows, checks));

    assertThat(with).isEqualTo(without);
  }

  private static List<String> findings(AuditReport report) {
    List<String> findings = new ArrayList<>();
    findings.add(report.kept() + " " + report.quarantined());
    for (CheckResult result : report.results()) {
      findings.add(
          String.join(
              "|",
              result.name(),
              String.valueOf(result.passed()),
              String.valueOf(result.rows()),
              String.valueOf(result.failures()),
              String.valueOf(result.samples()),
              result.detail()));
    }
    return findings;
  }

  @Test
  void keys_at_the_ends_of_their_type_are_told_apart() {
    String rows =
        """
        SELECT * FROM (VALUES
          (-9223372036854775808, -2147483648), (-9223372036854775807, -2147483648),
          (-9223372036854775808, -2147483647)) AS t(a, b)
        """;

    AuditReport report =
        lake.write("silver.low", rows, "- {unique: [a, b]}\n- {unique: a, on_fail: warn}");
    AuditReport high =
        lake.write(
            "silver.high",
            "SELECT 9223372036854775807 - range AS a, 2147483647 AS b FROM range(9)",
            "- {unique: [a, b]}\n- {unique: b, on_fail: warn}\n- {unique: a}");
    AuditReport wide =
        lake.write(
            "silver.wide",
            "SELECT * FROM (VALUES (-9223372036854775808, 1), (9223372036854775807, 1)) AS t(a, b)",
            "- {unique: a}\n- {unique: [b, a]}");

    assertThat(report.results()).extracting(CheckResult::failures).containsExactly(0L, 2L);
    assertThat(high.results()).extracting(CheckResult::failures).containsExactly(0L, 9L, 0L);
    assertThat(wide.results()).extracting(CheckResult::failures).containsExactly(0L, 0L);
  }
}
