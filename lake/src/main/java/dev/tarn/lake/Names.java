package dev.tarn.lake;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;

/// Names for folders and files that are free, on any file system, whatever the table is called.
final class Names {
  private static final int LIMIT = 40;
  private static final Pattern MADE_BY =
      Pattern.compile("/\\d+-([0-9A-HJKMNP-TV-Z]{26})-[0-9a-f]+\\.metadata\\.json$");

  private static final String ON_BRANCH = ".branch";

  private final Path warehouse;
  private final boolean onBranch;

  /// @param onBranch whether what is made is a branch's: its metadata files are known by their
  ///   names
  Names(Path warehouse, boolean onBranch) {
    this.warehouse = warehouse;
    this.onBranch = onBranch;
  }

  boolean onBranch() {
    return onBranch;
  }

  Path warehouse() {
    return warehouse;
  }

  /// `<warehouse>/<layer>/<name>-<short id>`.
  String table(TableName name) {
    return warehouse + "/" + safe(name.layer()) + "/" + safe(name.name()) + "-" + fresh();
  }

  /// The run is part of every file's path, so that a dead run's files are known by their names.
  Path dataFolder(String location, RunId run) {
    Path folder = LakeFiles.path(location).resolve("data").resolve(run.value() + "-" + fresh());
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw LakeFailures.of(e, "making a folder for data");
    }
  }

  /// Removes a data folder that no table needs, as far as it can be; the sweep finds the rest.
  void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      return;
    }
  }

  /// Iceberg's clients read the number at the beginning of the name.
  String metadata(String location, Optional<TableMetadata> before, RunId run) {
    return metadata(
        location, before.map(TableMetadata::metadataFileLocation).orElse(""), run.value());
  }

  String metadata(String location, String before, String maker) {
    return location
        + "/metadata/%05d-%s-%s%s.metadata.json"
            .formatted(version(before) + 1, maker, fresh(), onBranch ? ON_BRANCH : "");
  }

  /// Whether a metadata file is of no use without its branch.
  static boolean isOfBranch(String metadataLocation) {
    return metadataLocation.endsWith(ON_BRANCH + ".metadata.json");
  }

  /// The one of two with the higher number: whoever looks for the newest must not find an older
  /// one.
  static String later(String one, Optional<String> other) {
    return other.filter(text -> version(text) > version(one)).orElse(one);
  }

  static int version(String metadataLocation) {
    String name = metadataLocation.substring(metadataLocation.lastIndexOf('/') + 1);
    int dash = name.indexOf('-');
    String number = dash < 0 ? "" : name.substring(0, dash);
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
  }

  /// The run that a metadata file's name tells of; empty for files that others wrote.
  static Optional<RunId> maker(String metadataLocation) {
    Matcher matcher = MADE_BY.matcher(metadataLocation);
    return matcher.find() ? Optional.of(new RunId(matcher.group(1))) : Optional.empty();
  }

  static String safe(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    return plain.length() > LIMIT ? plain.substring(0, LIMIT) : plain;
  }

  static String fresh() {
    return UUID.randomUUID().toString().substring(0, 8);
  }
}
