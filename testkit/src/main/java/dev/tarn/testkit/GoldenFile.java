package dev.tarn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text a test expects, kept as a file that `git diff` reviews and `-Dgolden=update` rewrites.
public final class GoldenFile {
  private static final Path HOME = Path.of("src", "test", "resources", "golden");

  private final Path file;
  private final boolean update;

  GoldenFile(Path file, boolean update) {
    this.file = file;
    this.update = update;
  }

  /// `name` is relative to the room's `src/test/resources/golden`, such as `plans/one-model.txt`.
  public static GoldenFile named(String name) {
    return at(HOME.resolve(name));
  }

  /// A file elsewhere, such as a page of the documentation that code tells.
  public static GoldenFile at(Path file) {
    return new GoldenFile(file, "update".equals(System.getProperty("golden")));
  }

  /// Fails unless `actual` is the file's text; line ends and a missing last one do not count.
  public void matches(String actual) {
    String text = normal(actual);
    if (update) {
      write(text);
      return;
    }
    assertThat(file)
        .withFailMessage("%s is missing: create it with ./dev golden, then read it", file)
        .exists();
    assertThat(text)
        .as("text of %s (if the new text is right: ./dev golden, then review git diff)", file)
        .isEqualTo(normal(read()));
  }

  private static String normal(String text) {
    String lines = text.replace("\r\n", "\n");
    return lines.endsWith("\n") ? lines : lines + "\n";
  }

  private String read() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
