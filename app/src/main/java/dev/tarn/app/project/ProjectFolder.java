package dev.tarn.app.project;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a project. Remembers what was read, so that the whole can be told from another
/// version by one hash.
final class ProjectFolder {
  private static final long SIZE_LIMIT = 2_000_000;
  private static final int FILE_LIMIT = 20_000;

  private final Path folder;
  private final Problems problems;
  private final Map<String, String> read = new TreeMap<>();

  ProjectFolder(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /// The text of a file in UTF-8; empty with a problem when it can't be read.
  String text(String file) {
    String text = load(file);
    read.put(file, text);
    return text;
  }

  private String load(String file) {
    Path path = folder.resolve(file);
    try {
      if (Files.size(path) > SIZE_LIMIT) {
        problems.add(
            Location.file(file),
            "the file is larger than 2 MB",
            "settings and models are shorter than that");
        return "";
      }
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      problems.add(Location.file(file), "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      problems.add(
          Location.file(file), "the file can't be read", "check that it exists and may be read");
    }
    return "";
  }

  /// Files below a folder with that ending, as paths from the project's folder with `/`, sorted.
  List<String> below(String name, List<String> endings) {
    Path start = folder.resolve(name);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(start, 10)) {
      return found
          .filter(path ->
              endings.stream().anyMatch(path.getFileName().toString()::endsWith)
                  && Files.isRegularFile(path))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .limit(FILE_LIMIT)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      problems.add(Location.file(name), "the folder can't be read", "check that it may be read");
      return List.of();
    }
  }

  /// One hash of all files read so far.
  String hash(String environment) {
    if (read.isEmpty()) {
      throw Failure.bug("a project was hashed before it was read", new IllegalStateException());
    }
    StringBuilder all = new StringBuilder(environment).append('\0').append(folder).append('\0');
    read.forEach((file, text) -> all.append(file).append('\0').append(text).append('\0'));
    return Hashes.sha256(all.toString());
  }
}
