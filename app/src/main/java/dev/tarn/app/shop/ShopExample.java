package dev.tarn.app.shop;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The example shop that comes with Tarn: a complete project, and data made for it.
public final class ShopExample {

  private static final String PROJECT = "/examples/shop";
  private static final String RESOURCE = PROJECT + "/tarn.yml";
  private static final int MOST_THREADS = 4;

  private ShopExample() {}

  /// Writes the project and its data into a folder that holds no project yet.
  public static ShopManifest writeTo(Path folder, double scale, long seed) {
    if (Files.exists(folder.resolve("tarn.yml"))) {
      throw Failure.input(
          folder + " holds a project already", "choose a new folder, or remove this one");
    }
    var threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    var generator = new ShopGenerator(seed, scale, threads);
    try {
      Files.createDirectories(folder);
      copyProject(folder);
      return generator.writeInto(folder);
    } catch (IOException e) {
      var problem =
          Problem.of(
              "the shop could not be written into " + folder + ": " + e.getMessage(),
              "see to the rights and the free space of that folder");
      throw new Failure(Remedy.FIX_INPUT, problem, e);
    }
  }

  private static void copyProject(Path folder) throws IOException {
    var resource = ShopExample.class.getResource(RESOURCE);
    if (resource == null) {
      throw Failure.bug("this build of Tarn lacks " + RESOURCE, new IOException(RESOURCE));
    }
    var uri = uri(resource.toString());
    if (uri.getScheme().equals("jar")) {
      try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
        copy(jar.getPath(PROJECT), folder);
      }
    } else {
      copy(Path.of(uri).resolveSibling(".").normalize(), folder);
    }
  }

  private static URI uri(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("cannot read " + text, e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
