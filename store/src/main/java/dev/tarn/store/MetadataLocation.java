package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where the metadata database is: a SQLite file, or a database of a PostgreSQL server.
public sealed interface MetadataLocation {

  /// A SQLite file; it and its folder are made when absent.
  record SqliteFile(Path file) implements MetadataLocation {

    public SqliteFile {
      file = file.toAbsolutePath().normalize();
      if (file.getParent() == null) {
        throw Failure.input("'" + file + "' is not a file", "lake.metadata names a file");
      }
    }

    Path folder() {
      return Optional.ofNullable(file.getParent()).orElse(file);
    }

    /// The file beside it whose name is longer by `suffix`.
    Path beside(String suffix) {
      return folder().resolve(file.getFileName() + suffix);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// A database of a PostgreSQL server. What is shown of it never holds the password.
  ///
  /// @param servers `host:port`, or several of them with commas
  /// @param options the driver's settings that a project may make: see [PostgresUrl]
  record Postgres(
      String servers,
      String database,
      Optional<String> user,
      Optional<String> password,
      Map<String, String> options)
      implements MetadataLocation {

    public Postgres {
      options = Map.copyOf(new TreeMap<>(options));
    }

    @Override
    public String toString() {
      return "postgresql://" + servers + "/" + database;
    }
  }

  /// Reads `jdbc:postgresql://host/database?user=…` or a path; a path counts from the project's
  /// folder.
  static MetadataLocation parse(String text, Path projectFolder) {
    if (text.isBlank()) {
      throw Failure.input("lake.metadata is empty", "name a file, as in .tarn/tarn.db");
    }
    return PostgresUrl.looksLike(text)
        ? PostgresUrl.parse(text)
        : new SqliteFile(projectFolder.resolve(text));
  }
}
