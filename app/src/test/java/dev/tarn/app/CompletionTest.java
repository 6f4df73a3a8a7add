package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_project_in_a_folder_below() {
    tarn =
        new TarnShell(folder)
            .file("my lake/tarn.yml", "name: lake\n")
            .file("my lake/sources/orders.yml", "from: files\npath: data/*.csv\n")
            .file("my lake/models/silver/orders.sql", "SELECT 1 AS one");
  }

  @Test
  void first_comes_a_command() {
    assertThat(words("pro")).containsExactly("profile");
    assertThat(words("")).contains("run", "query", "help").doesNotContain("--json");
    assertThat(words("--j")).containsExactly("--json");
  }

  @Test
  void tables_are_those_of_the_project_that_the_line_names() {
    assertThat(words("-C", "'my lake'", "run", "")).contains("bronze.orders", "silver.orders");
    assertThat(words("-C", "my\\ lake", "run", "+silver.")).containsExactly("+silver.orders");
    assertThat(words("run", "")).isEmpty();
  }

  @Test
  void tests_are_chosen_by_table_or_by_file() {
    tarn.file("my lake/tests/orders.yml", "[]");

    assertThat(words("-C", "'my lake'", "test", "")).contains("silver.orders", "tests/orders.yml");
    assertThat(words("-C", "'my lake'", "test", "--u")).containsExactly("--update");
  }

  @Test
  void an_option_is_followed_by_its_choices() {
    assertThat(words("query", "--fo")).containsExactly("--format");
    assertThat(words("query", "--format", "")).contains("csv", "parquet");
    assertThat(words("query", "--format", "=", "nd")).containsExactly("ndjson");
    assertThat(words("query", "--format", "=")).contains("csv");
    assertThat(words("query", "--output", "")).isEmpty();
    assertThat(words("-C", "'my lake'", "scaffold", "")).containsExactly("silver");
  }

  @Test
  void environments_are_those_of_the_project() {
    tarn.file("my lake/tarn.yml", "name: lake\nenvironments: {dev: {}, prod: {memory: 2GB}}\n");

    assertThat(words("-C", "'my lake'", "--env", "")).containsExactly("dev", "prod");
    assertThat(words("-C", "'my lake'", "run", "--env=p")).containsExactly("--env=prod");
    assertThat(words("--env", "")).isEmpty();
  }

  @Test
  void branches_are_those_of_the_lake() {
    tarn.run("-C", "my lake", "branch", "fix/1");

    assertThat(words("-C", "'my lake'", "run", "--branch", "")).containsExactly("fix/1");
    assertThat(words("-C", "'my lake'", "merge", "f")).containsExactly("fix/1");
    assertThat(words("merge", "")).isEmpty();
  }

  @Test
  void a_value_in_the_word_of_its_option_keeps_the_option() {
    assertThat(words("query", "--format=nd")).containsExactly("--format=ndjson");
    assertThat(words("--env=x", "query", "--format=")).contains("--format=csv");
  }

  @Test
  void runs_and_tags_are_those_of_the_project() {
    tarn.file("my lake/models/silver/tagged.sql", "/*\ntags: [daily]\n*/\nSELECT 1 AS one")
        .run("run", "silver", "-C", "my lake");

    assertThat(words("-C", "'my lake'", "run", "tag")).containsExactly("tag:daily");
    assertThat(words("-C", "'my lake'", "logs", "")).hasSize(1);
    assertThat(words("-C", "'my lake", "runs", "01")).hasSize(1);
    assertThat(words("-C", "nowhere", "runs", "")).isEmpty();
  }

  @Test
  void bash_completes_with_the_script() throws Exception {
    stub("printf '%s\\n' silver.orders silver.old; printf '<%s>' \"$@\" >asked");

    List<String> replies = bash("tarn -C lake run ''", 4);

    assertThat(replies).containsExactly("silver.orders", "silver.old");
    assertThat(folder.resolve("asked")).hasContent("<completion><words><--><-C><lake><run><>");
  }

  @Test
  void bash_runs_nothing_that_stands_in_a_table_s_name() throws Exception {
    stub("printf '%s\\n' 'silver.$(touch pwned)' 'silver.`touch pwned`' 'silver.two words'");

    List<String> replies = bash("tarn run s", 2);

    assertThat(replies)
        .containsExactly("silver.$(touch pwned)", "silver.`touch pwned`", "silver.two words");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void every_script_is_written() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(tarn.run("completion", shell).out()).contains("completion words --");
    }
    assertThat(tarn.run("completion", "tcsh").status()).isEqualTo(2);
  }

  private List<String> words(String... typed) {
    List<String> words = new ArrayList<>(List.of("completion", "words", "--"));
    words.addAll(List.of(typed));
    return tarn.run(words.toArray(String[]::new)).out().lines().toList();
  }

  private void stub(String script) throws IOException {
    Path stub = folder.resolve("tarn");
    Files.writeString(stub, "#!/bin/sh\n" + script + "\n");
    assertThat(stub.toFile().setExecutable(true)).isTrue();
    tarn.file("completion.bash", tarn.run("completion", "bash").out());
  }

  /// What bash offers when the cursor stands on a word of a line.
  private List<String> bash(String line, int word) throws Exception {
    String script =
        """
        PATH=$PWD:$PATH
        source ./completion.bash
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        _tarn
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(line, word);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out.lines().toList();
  }
}
