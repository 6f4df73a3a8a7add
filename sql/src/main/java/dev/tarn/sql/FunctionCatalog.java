package dev.tarn.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The engine's functions by category, as reviewed in the resource `functions.txt`.
final class FunctionCatalog {
  private final Map<String, String> categories;

  private FunctionCatalog(Map<String, String> categories) {
    this.categories = categories;
  }

  static FunctionCatalog builtIn() {
    return Loaded.CATALOG;
  }

  private static final class Loaded {
    static final FunctionCatalog CATALOG = read();
  }

  private static FunctionCatalog read() {
    try (InputStream resource = FunctionCatalog.class.getResourceAsStream("functions.txt")) {
      if (resource == null) {
        throw new IllegalStateException("functions.txt is missing beside FunctionCatalog");
      }
      return new FunctionCatalog(
          parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> categories = new HashMap<>();
    String category = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        category = line.substring(1, line.indexOf(']'));
      } else if (!line.startsWith("#")) {
        for (String name : line.split(" ", -1)) {
          categories.put(name, category);
        }
      }
    }
    categories.remove("");
    return Map.copyOf(categories);
  }

  /// The category a function is filed under; empty text for one that is not.
  String category(String name) {
    return categories.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  boolean aggregates(String name) {
    return category(name).equals("aggregate");
  }

  List<String> names() {
    return new ArrayList<>(categories.keySet());
  }
}
