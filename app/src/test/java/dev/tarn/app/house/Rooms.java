package dev.tarn.app.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rooms of the house, and on which others each may lean.
final class Rooms {
  static final Map<String, List<String>> ARROWS = arrows();

  private Rooms() {}

  private static Map<String, List<String>> arrows() {
    var arrows = new LinkedHashMap<String, List<String>>();
    arrows.put("vocabulary", List.of());
    arrows.put("sql", List.of("vocabulary"));
    arrows.put("store", List.of("vocabulary"));
    arrows.put("lake", List.of("vocabulary", "store"));
    arrows.put("engine", List.of("vocabulary", "sql", "lake"));
    arrows.put("ingest", List.of("vocabulary", "lake", "engine"));
    arrows.put("transform", List.of("vocabulary", "sql", "lake", "engine"));
    arrows.put("quality", List.of("vocabulary", "sql", "lake", "engine"));
    arrows.put("orchestrate", List.of("vocabulary", "sql", "store"));
    arrows.put("observe", List.of("vocabulary"));
    return arrows;
  }

  /// All that ships: every room's classes without tests, testkit and bench.
  static JavaClasses shipped() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(
            location -> !location.contains("/testkit/") && !location.contains("tarn-testkit"))
        .importPackages("dev.tarn");
  }

  /// The folder that holds the rooms.
  static Path house() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("vocabulary/pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
