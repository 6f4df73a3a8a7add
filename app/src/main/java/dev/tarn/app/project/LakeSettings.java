package dev.tarn.app.project;

import dev.tarn.store.MetadataLocation;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the lake is: `lake:` in tarn.yml.
///
/// @param warehouse the folder of the tables' files
/// @param metadata a SQLite file's path, or `jdbc:postgresql://…`
/// @param user who to log in to PostgreSQL as
/// @param password with what
public record LakeSettings(
    Path warehouse, String metadata, Optional<String> user, Optional<String> password) {

  static LakeSettings read(Optional<Settings> block, Path folder) {
    if (block.isEmpty()) {
      return new LakeSettings(
          folder.resolve(".tarn/lake"), ".tarn/tarn.db", Optional.empty(), Optional.empty());
    }
    Settings lake = block.get();
    String warehouse = lake.text("warehouse", ".tarn/lake");
    if (warehouse.matches("[a-z][a-z0-9+.-]+://.*") && !warehouse.startsWith("file://")) {
      lake.problem(
          "warehouse",
          "a warehouse in an object store is not part of this version",
          "name a folder");
    }
    Path place =
        folder
            .resolve(warehouse.startsWith("file://") ? warehouse.substring(7) : warehouse)
            .normalize();
    if (Files.exists(place) && !Files.isDirectory(place)) {
      lake.problem("warehouse", "'" + warehouse + "' is a file", "name a folder");
    }
    String metadata = lake.text("metadata", ".tarn/tarn.db");
    try {
      MetadataLocation.parse(metadata, folder);
    } catch (Failure failure) {
      Problem problem = failure.problems().getFirst();
      lake.problem("metadata", problem.what(), problem.fix());
    }
    LakeSettings read = new LakeSettings(place, metadata, lake.text("user"), lake.text("password"));
    lake.done();
    return read;
  }

  /// Never shows the password.
  @Override
  public String toString() {
    return "LakeSettings["
        + warehouse
        + ", "
        + metadata.replaceAll("(?i)password=[^&]*", "password=***")
        + "]";
  }
}
