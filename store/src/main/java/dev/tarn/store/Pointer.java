package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;

/// Which metadata file is a table's (or a view's) current one.
///
/// @param previous the one before, when there was one
/// @param view true for an Iceberg view, false for a table
public record Pointer(
    TableName name, String metadataLocation, Optional<String> previous, boolean view) {
  private static final int NAME_LIMIT = 255;
  private static final int LOCATION_LIMIT = 1000;

  public Pointer {
    if (name.layer().length() > NAME_LIMIT || name.name().length() > NAME_LIMIT) {
      throw Failure.input(
          "the name of " + name + " is too long", "a catalog keeps " + NAME_LIMIT + " characters");
    }
    requireFitting(metadataLocation);
  }

  /// A table's first pointer.
  public static Pointer table(TableName name, String metadataLocation) {
    return new Pointer(name, metadataLocation, Optional.empty(), false);
  }

  /// A view's first pointer.
  public static Pointer view(TableName name, String metadataLocation) {
    return new Pointer(name, metadataLocation, Optional.empty(), true);
  }

  static void requireFitting(String metadataLocation) {
    if (metadataLocation.length() > LOCATION_LIMIT) {
      throw Failure.input(
          "the path of a metadata file is too long: " + metadataLocation,
          "a catalog keeps " + LOCATION_LIMIT + " characters: choose a shorter lake.warehouse");
    }
  }
}
