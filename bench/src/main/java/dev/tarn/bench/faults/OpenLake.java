package dev.tarn.bench.faults;

import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A project's lake, opened from outside by who wants to know how it is.
///
/// @param lake with nothing read yet
public record OpenLake(MetadataStore store, Lake lake) implements AutoCloseable {

  static Path folder(Path project) {
    return project.resolve(".tarn");
  }

  static Path database(Path project) {
    return folder(project).resolve("tarn.db");
  }

  /// Opens the lake that a project has when its settings say nothing of it.
  public static OpenLake of(Path project) {
    MetadataStore store =
        MetadataStore.open(
            new MetadataLocation.SqliteFile(database(project)), InstantSource.system());
    return new OpenLake(
        store,
        new Lake(
            store,
            folder(project).resolve("lake"),
            InstantSource.system(),
            LakeSettings.standard()));
  }

  /// Files of the warehouse that the database does not know: what dead runs have left.
  public List<Path> orphans() {
    Set<Path> known =
        store.read(read -> read.files().all()).stream()
            .map(file -> Path.of(file.path()))
            .collect(Collectors.toSet());
    Path raw = lake.raw();
    if (!Files.isDirectory(lake.warehouse())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(lake.warehouse())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(raw) || file.startsWith(raw.resolve("tmp")))
          .filter(file -> !known.contains(file) && !file.endsWith("publish.lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
