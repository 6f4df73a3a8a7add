package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.view.ViewMetadata;

/// Finds, in every folder of the warehouse that holds a table or view, its newest version that is
/// whole.
final class WarehouseVersions {
  private static final int DEPTH = 8;
  private static final String SUFFIX = ".metadata.json";

  private final Catalog catalog;
  private final Path warehouse;
  private final List<String> skipped;

  /// @param skipped takes a line for every version that is not whole
  WarehouseVersions(Catalog catalog, Path warehouse, List<String> skipped) {
    this.catalog = catalog;
    this.warehouse = warehouse;
    this.skipped = skipped;
  }

  /// One whole version of a table or view.
  record Version(TableName name, String location, long millis, boolean view) {}

  List<Version> newest() {
    List<Version> found = new ArrayList<>();
    for (List<Path> versions : byFolder().values()) {
      versions.sort(
          Comparator.comparingInt((Path path) -> Names.version(path.toString()))
              .thenComparing(Path::toString)
              .reversed());
      versions.stream()
          .map(this::whole)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }

  private Map<Path, List<Path>> byFolder() {
    Map<Path, List<Path>> folders = new TreeMap<>();
    if (!Files.isDirectory(warehouse)) {
      return folders;
    }
    try (Stream<Path> all = Files.walk(warehouse, DEPTH)) {
      all.filter(path -> path.getFileName().toString().endsWith(SUFFIX))
          .filter(path -> !path.startsWith(warehouse.resolve("raw")))
          .filter(path -> !Names.isOfBranch(path.toString()))
          .forEach(
              path -> folders.computeIfAbsent(path.getParent(), _ -> new ArrayList<>()).add(path));
    } catch (IOException e) {
      throw LakeFailures.of(e, "reading " + warehouse);
    } catch (UncheckedIOException e) {
      throw LakeFailures.of(e, "reading " + warehouse);
    }
    return folders;
  }

  private Optional<Version> whole(Path path) {
    try {
      String text =
          new String(
              FileCheck.read(path, catalog.checksums().of(path.toString())),
              StandardCharsets.UTF_8);
      return Optional.of(text.contains("\"view-uuid\"") ? view(path) : table(path));
    } catch (Failure failure) {
      skipped.add(path + ": " + failure.getMessage());
      return Optional.empty();
    }
  }

  private Version table(Path path) {
    TableName unnamed = fromFolder(path);
    TableMetadata table = catalog.metadata(unnamed, path.toString());
    TableName name = name(table.properties(), unnamed);
    new LakeTable(name, table, path.toString(), catalog.files()).files();
    return new Version(name, path.toString(), table.lastUpdatedMillis(), false);
  }

  private Version view(Path path) {
    TableName unnamed = fromFolder(path);
    ViewMetadata view = catalog.viewMetadata(unnamed, path.toString());
    return new Version(
        name(view.properties(), unnamed),
        path.toString(),
        view.currentVersion().timestampMillis(),
        true);
  }

  private static TableName name(Map<String, String> properties, TableName otherwise) {
    return Optional.ofNullable(properties.get(TableShape.NAME))
        .map(TableName::parse)
        .orElse(otherwise);
  }

  /// Other programs name folders `<namespace>/<table>`.
  private static TableName fromFolder(Path metadata) {
    int count = metadata.getNameCount();
    return new TableName(
        metadata.getName(count - 4).toString(), metadata.getName(count - 3).toString());
  }
}
