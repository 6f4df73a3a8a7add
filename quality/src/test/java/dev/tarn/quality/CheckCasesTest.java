package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testkit.GoldenFile;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.settings.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of check has a folder of cases: `<case>.yml` is tables and checks, `<case>.txt` beside
/// it what they find.
class CheckCasesTest {
  private static final Path CASES = Path.of("src", "test", "resources", "golden", "checks");

  @TempDir Path folder;

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .map(file -> CASES.relativize(file).toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - ".yml".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_case_finds_what_its_file_says(String name) throws IOException {
    Node.Mapping settings =
        (Node.Mapping) YamlNodes.read(Files.readString(CASES.resolve(name + ".yml")));

    String found = verdicts(settings);

    GoldenFile.named("checks/" + name + ".txt").matches(found);
  }

  @Test
  void every_kind_has_a_folder_of_cases() {
    assertThat(CheckShapes.KINDS).allSatisfy(kind -> assertThat(CASES.resolve(kind)).isDirectory());
  }

  private String verdicts(Node.Mapping settings) {
    StringBuilder text = new StringBuilder();
    try (TestLake lake = new TestLake(folder)) {
      for (Node.Entry entry : settings.entries()) {
        if (!entry.key().equals("checks")) {
          lake.stage(entry.key(), ((Node.Scalar) entry.value()).text());
        }
      }
      AuditReport report =
          lake.audit(
              "silver.subject",
              Checks.read(YamlNodes.items(settings), new dev.tarn.vocabulary.Problems()));
      report.results().forEach(result -> text.append(line(result)));
      text.append("kept ")
          .append(report.kept())
          .append(", quarantined ")
          .append(report.quarantined())
          .append('\n');
      if (report.quarantined() > 0) {
        text.append("stay:\n");
        lake.rows("FROM silver.subject").forEach(row -> text.append("  ").append(row).append('\n'));
        text.append("quarantine:\n");
        lake.rows("SELECT * EXCLUDE (_run, _quarantined_at) FROM silver.subject__quarantine")
            .forEach(row -> text.append("  ").append(row).append('\n'));
      }
    }
    return text.toString();
  }

  private static String line(CheckResult result) {
    StringBuilder text = new StringBuilder();
    text.append(result.passed() ? "passed  " : "FAILED  ")
        .append(result.name())
        .append(" (")
        .append(result.onFail())
        .append("): ");
    text.append(result.check()).append('\n');
    text.append("        ")
        .append(result.failures())
        .append(" of ")
        .append(result.rows())
        .append(" failed");
    text.append(result.detail().isEmpty() ? "" : "; " + result.detail()).append('\n');
    result.samples().forEach(sample -> text.append("        ").append(sample).append('\n'));
    return text.toString();
  }
}
