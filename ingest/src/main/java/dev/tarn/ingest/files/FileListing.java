package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds the files that a source names: files, folders (all below) and globs with `*`, `?`, `**`,
/// `[…]` and `{…}`. Names that begin with a dot are left alone unless the glob's own last part
/// does.
final class FileListing {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private final Path folder;
  private final int most;
  private final Map<String, FoundFile> found = new TreeMap<>();
  private final List<Problem> unreadable = new ArrayList<>();

  FileListing(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /// The files in the order of their paths.
  List<FoundFile> files() {
    return List.copyOf(found.values());
  }

  /// What could not be looked at.
  List<Problem> unreadable() {
    return List.copyOf(unreadable);
  }

  /// Adds all files that one path names. A path without a glob that names nothing is a failure.
  void add(String path, Location at) {
    try {
      Path literal = folder.resolve(path);
      if (Files.isRegularFile(literal)) {
        take(literal, Files.readAttributes(literal, BasicFileAttributes.class));
      } else if (Files.isDirectory(literal)) {
        walk(literal, literal.resolve("**").toString(), false);
      } else if (GLOB.matcher(path).find()) {
        glob(path);
      } else {
        throw missing(path, at);
      }
    } catch (InvalidPathException | IOException e) {
      throw missing(path, at);
    }
  }

  private static Failure missing(String path, Location at) {
    return new Failure(
        Remedy.FIX_INPUT,
        List.of(
            Problem.at(
                at, "there is no file '" + path + "'", "paths start from the project's folder")));
  }

  private void glob(String path) throws IOException {
    Path start = folder;
    String rest = path;
    if (path.startsWith("/")) {
      start = Path.of("/");
      rest = path.substring(1);
    }
    int slash = rest.indexOf('/');
    while (slash >= 0 && !GLOB.matcher(rest.substring(0, slash)).find()) {
      start = start.resolve(rest.substring(0, slash));
      rest = rest.substring(slash + 1);
      slash = rest.indexOf('/');
    }
    start = start.normalize();
    if (Files.isDirectory(start)) {
      String last = rest.substring(rest.lastIndexOf('/') + 1);
      walk(
          start,
          escaped(start.toString()) + (start.getNameCount() == 0 ? "" : "/") + rest,
          last.startsWith("."));
    }
  }

  private static String escaped(String text) {
    return text.replaceAll("([*?\\[\\]{}\\\\])", "\\\\$1");
  }

  private void walk(Path start, String glob, boolean hidden) throws IOException {
    String pattern = glob.replace(File.separator + "**" + File.separator, "/{,**/}");
    PathMatcher matcher = start.getFileSystem().getPathMatcher("glob:" + pattern);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : depth(pattern) - start.getNameCount();
    Files.walkFileTree(
        start,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean seen = hidden || !file.getFileName().toString().startsWith(".");
            if (seen && attributes.isRegularFile() && matcher.matches(file)) {
              take(file, attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A link back into the folder it is in adds nothing; what went away meanwhile is simply
            // not there.
            if (!(e instanceof FileSystemLoopException) && !(e instanceof NoSuchFileException)) {
              unreadable.add(
                  Problem.of("can't look into '" + label(file) + "'", FilesLanding.LET_READ));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static int depth(String pattern) {
    return (int) pattern.chars().filter(c -> c == '/').count();
  }

  private void take(Path file, BasicFileAttributes attributes) {
    if (found.size() >= most) {
      throw Failure.input(
          "the source names more than " + most + " files",
          "name fewer, or raise  limits: {max_files: …}");
    }
    String item = label(file);
    found.put(
        item,
        new FoundFile(
            item,
            file,
            attributes.size(),
            attributes.lastModifiedTime().toInstant(),
            String.valueOf(attributes.fileKey())));
  }

  private String label(Path file) {
    Path normal = file.toAbsolutePath().normalize();
    return (normal.startsWith(folder) ? folder.relativize(normal) : normal).toString();
  }

  /// As it is now; fails when it went away.
  static FoundFile again(FoundFile file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return new FoundFile(
          file.item(),
          file.path(),
          now.size(),
          now.lastModifiedTime().toInstant(),
          String.valueOf(now.fileKey()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
