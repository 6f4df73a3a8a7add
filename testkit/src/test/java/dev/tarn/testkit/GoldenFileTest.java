package dev.tarn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {
  @TempDir Path folder;

  @Test
  void the_kept_text_matches_itself() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");

    new GoldenFile(file, false).matches("one\r\ntwo");
  }

  @Test
  void another_text_fails_and_says_how_to_accept_it() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\n");

    assertThatThrownBy(() -> new GoldenFile(file, false).matches("two"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("./dev golden");
  }

  @Test
  void a_missing_file_fails_and_says_how_to_make_it() {
    assertThatThrownBy(() -> new GoldenFile(folder.resolve("none.txt"), false).matches("x"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("./dev golden");
  }

  @Test
  void update_writes_what_came() throws IOException {
    Path file = folder.resolve("deep/er/a.txt");

    new GoldenFile(file, true).matches("new");

    assertThat(file).hasContent("new\n");
  }
}
