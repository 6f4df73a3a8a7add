package dev.tarn.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The habits of the house that can be read off its source files.
class TidyTest {
  private static final int CEILING = 400;
  private static final int METHOD_CEILING = 50;
  private static final Pattern PROMISE =
      Pattern.compile(
          "\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|new UnsupportedOperation" + "Exception\\(\\)");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");

  private final Path house = Rooms.house();

  @Test
  void no_file_is_longer_than_a_person_can_keep_in_mind() {
    assertThat(javaFiles("main", "test").filter(file -> lines(file).size() > CEILING))
        .as("files of more than %d lines: each is a room that wants a wall", CEILING)
        .isEmpty();
  }

  @Test
  void no_method_is_longer_than_a_screen() throws IOException {
    assertThat(MethodLengths.above(METHOD_CEILING, javaFiles("main", "test").toList())).isEmpty();
  }

  @Test
  void nothing_is_promised_in_the_code() {
    assertThat(
            javaFiles("main", "test")
                .filter(
                    file -> lines(file).stream().anyMatch(line -> PROMISE.matcher(line).find())))
        .isEmpty();
  }

  @Test
  void every_package_says_what_it_is_and_knows_no_nulls() {
    assertThat(
            javaFiles("main")
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !introduces(folder.resolve("package-info.java"))))
        .isEmpty();
  }

  @Test
  void every_public_type_says_what_it_is() {
    assertThat(javaFiles("main").flatMap(this::silentTypes)).isEmpty();
  }

  @Test
  void tests_do_not_sleep_and_are_not_switched_off() {
    var wrong = Pattern.compile("Thread\\.sleep\\(|^\\s*@Disabled");

    assertThat(
            javaFiles("test")
                .filter(file -> !file.endsWith("TidyTest.java"))
                .filter(file -> lines(file).stream().anyMatch(line -> wrong.matcher(line).find())))
        .isEmpty();
  }

  private static boolean introduces(Path file) {
    return Files.exists(file)
        && lines(file).contains("@NullMarked")
        && lines(file).getFirst().startsWith("///");
  }

  private Stream<String> silentTypes(Path file) {
    var silent = new ArrayList<String>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (PUBLIC_TYPE.matcher(lines.get(i)).find() && !isIntroduced(lines, i)) {
        silent.add(house.relativize(file) + ":" + (i + 1));
      }
    }
    return silent.stream();
  }

  private static boolean isIntroduced(List<String> lines, int declaration) {
    int above = declaration - 1;
    while (above >= 0 && lines.get(above).matches("@.*|\\s+.*|[)}].*")) {
      above--;
    }
    return above >= 0 && lines.get(above).startsWith("///");
  }

  private Stream<Path> javaFiles(String... sides) {
    return rooms()
        .flatMap(room -> Stream.of(sides).map(side -> room.resolve("src").resolve(side)))
        .filter(Files::isDirectory)
        .flatMap(TidyTest::javaFilesBelow);
  }

  private Stream<Path> rooms() {
    try (var entries = Files.list(house)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("pom.xml")))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFilesBelow(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
