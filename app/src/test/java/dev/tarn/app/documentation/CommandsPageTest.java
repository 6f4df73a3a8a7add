package dev.tarn.app.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.command.Option;
import dev.tarn.app.command.Usage;
import dev.tarn.testkit.GoldenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of commands and the help are what the commands say of themselves.
class CommandsPageTest {
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir Path folder;

  @Test
  void help_lists_every_command() {
    GoldenFile.named("help.txt").matches(new TarnShell(folder).run("help").out());
  }

  @Test
  void the_page_shows_every_command() {
    StringBuilder page = new StringBuilder(HEAD);
    new TarnShell(folder).usages().values().forEach(usage -> section(page, usage));

    GoldenFile.at(DOCS.resolve("commands.md")).matches(page.toString());
  }

  @Test
  void every_command_with_a_document_has_a_schema() {
    List<String> without =
        new TarnShell(folder)
            .usages().keySet().stream().filter(name -> !Files.exists(schema(name))).toList();

    assertThat(without).containsExactly("completion");
  }

  private static Path schema(String command) {
    return DOCS.resolve("json/" + command + ".schema.json");
  }

  private static void section(StringBuilder page, Usage usage) {
    page.append("\n## ").append(usage.name()).append("\n\n");
    page.append(usage.summary()).append(".\n\n```\ntarn ").append(usage.name());
    page.append(usage.words().isEmpty() ? "" : " " + usage.words()).append(" [OPTIONS]\n```\n");
    if (!usage.about().isBlank()) {
      page.append('\n').append(usage.about().strip()).append('\n');
    }
    if (!usage.options().isEmpty()) {
      page.append("\n| option | |\n|---|---|\n");
      usage.options().forEach(option -> row(page, option));
    }
    page.append("\n```sh\n").append(String.join("\n", usage.examples())).append("\n```\n");
    if (Files.exists(schema(usage.name()))) {
      page.append("\nWith `--json`: [")
          .append(usage.name())
          .append("](json/")
          .append(usage.name())
          .append(".schema.json).\n");
    }
  }

  private static void row(StringBuilder page, Option option) {
    String value = option.value().isEmpty() ? "" : " " + option.value().replace("|", "\\|");
    page.append("| `").append(option.name()).append(value).append("` | ").append(option.help());
    page.append(" |\n");
  }

  private static final String HEAD =
      """
      # Commands

      `tarn help` lists them, `tarn COMMAND --help` explains one. Options may stand anywhere; `--name value` and `--name=value` are the
      same; `--` ends them. This page is made from what the commands say of themselves.

      | option of every command | |
      |---|---|
      | `-C DIR` | work on the project in DIR instead of the current folder |
      | `--env NAME` | use that environment of tarn.yml |
      | `--branch NAME` | work on that branch of the lake instead of main; see [branches](branches.md) |
      | `--json` | write one JSON document to standard output, and nothing else there |
      | `--quiet`, `-q` | say only results and errors |
      | `--no-color` | no colours (so does the variable NO_COLOR) |
      | `--help`, `-h` | explain the command |

      Exit status: 0 all well; 1 a step, check or test failed; 2 the command or the project is wrong and nothing was run.

      With `--json` a command that can't do its work writes the [failure](json/failure.schema.json) document instead of its own: each
      problem with what is wrong, where, and how to fix it. A run whose steps fail has done its work: it writes its own document with
      `"ok": false`. Whole numbers and decimals of more than 15 digits are texts, since most readers of JSON would round them.
      """;
}
