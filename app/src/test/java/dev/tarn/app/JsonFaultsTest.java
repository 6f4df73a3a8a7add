package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.app.TarnShell.Answer;
import dev.tarn.app.command.Command;
import dev.tarn.app.command.Commands;
import dev.tarn.app.command.Invocation;
import dev.tarn.app.command.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens, a program that asked for JSON gets JSON.
class JsonFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Fails in a row that comes long after the first rows were handed on.
  private static final String BREAKS_MIDWAY =
      """
      SELECT CASE WHEN i < 200000 THEN '1' ELSE 'x' END::INTEGER AS n, repeat('-', 100) AS dashes
      FROM range(200001) AS t(i)
      """;

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_project() {
    tarn = new TarnShell(folder).file("tarn.yml", "name: small\n");
  }

  @Test
  void an_answer_that_breaks_midway_is_the_failure_alone() throws IOException {
    Answer answer = tarn.run("query", BREAKS_MIDWAY, "--json");

    assertThat(answer.status()).isEqualTo(1);
    JsonNode document = JSON.readTree(answer.out());
    assertThat(document.path("ok").asBoolean(true)).isFalse();
    assertThat(document.path("problems").path(0).path("what").asText()).contains("'x'");
  }

  @Test
  void without_json_an_answer_that_breaks_midway_leaves_no_half_array() {
    Answer answer = tarn.run("query", BREAKS_MIDWAY, "--format", "json");

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("'x'");
  }

  @Test
  void lines_that_break_midway_end_with_the_failure_on_a_line_of_its_own() throws IOException {
    Answer answer = tarn.run("query", BREAKS_MIDWAY, "--format", "ndjson", "--json");

    List<String> lines = answer.out().lines().toList();
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(JSON.readTree(lines.getFirst()).path("n").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(lines.getLast()).path("ok").asBoolean(true)).isFalse();
  }

  @Test
  void a_file_appears_only_when_the_answer_is_whole() throws IOException {
    Files.writeString(folder.resolve("out.json"), "what was there before");

    Answer broken = tarn.run("query", BREAKS_MIDWAY, "--json", "--output", "out.json");

    assertThat(broken.status()).isEqualTo(1);
    assertThat(JSON.readTree(broken.out()).path("ok").asBoolean(true)).isFalse();
    assertThat(folder.resolve("out.json")).hasContent("what was there before");
    assertThat(folder.resolve("out.json.unfinished")).doesNotExist();

    Answer whole = tarn.run("query", "SELECT 1 AS a", "--json", "--output", "out.json");

    assertThat(JSON.readTree(whole.out()).path("output").asText()).isEqualTo("out.json");
    assertThat(JSON.readTree(folder.resolve("out.json").toFile())).hasToString("[{\"a\":1}]");
  }

  @Test
  void a_large_answer_is_written_whole() throws IOException {
    Answer answer = tarn.run("query", "SELECT i FROM range(300000) AS t(i)", "--json");

    assertThat(JSON.readTree(answer.out())).hasSize(300_000);
  }

  @Test
  void a_format_for_people_contradicts_json() throws IOException {
    Answer answer = tarn.run("query", "SELECT 1", "--json", "--format", "csv");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(JSON.readTree(answer.out()).path("problems").path(0).path("what").asText())
        .isEqualTo("--json and --format csv contradict each other");
  }

  @Test
  void a_fault_in_tarn_is_a_document_too_and_its_trace_stands_apart() throws IOException {
    for (Throwable fault :
        List.of(new IllegalStateException("the sky fell"), new StackOverflowError())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      int status =
          new Commands(Main.process(), "test", List.of(new Faulty(fault)))
              .run(
                  List.of("faulty", "--json"),
                  new PrintStream(out, false, StandardCharsets.UTF_8),
                  new PrintStream(err, true, StandardCharsets.UTF_8));

      assertThat(status).isEqualTo(1);
      JsonNode document = JSON.readTree(out.toByteArray());
      assertThat(document.path("remedy").asText()).isEqualTo("report_bug");
      assertThat(document.path("problems").path(0).path("what").asText())
          .contains(fault.toString());
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("JsonFaultsTest");
    }
  }

  private record Faulty(Throwable fault) implements Command {
    @Override
    public Usage usage() {
      return new Usage("faulty", "Fails", "", 0, 0, List.of(), "", List.of(), "");
    }

    @Override
    public int run(Invocation invocation) {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) fault;
    }
  }
}
