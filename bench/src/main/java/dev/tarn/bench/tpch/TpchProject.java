package dev.tarn.bench.tpch;

import dev.tarn.bench.Scratch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Writes the project: a source and a silver table for each table, a gold table for each query.
/// Queries with LIMIT are there once more without.
final class TpchProject {
  /// What a query without LIMIT has behind its name.
  static final String UNLIMITED = "_unlimited";

  private static final int QUERIES = 22;
  private static final Pattern LIMIT = Pattern.compile("\nORDER BY [^()]*\nLIMIT \\d+\\s*$");

  private TpchProject() {}

  static void write(Path project, double scale) throws IOException {
    Scratch.write(
        project,
        "tarn.yml",
        "name: tpch\nvars: {fraction: '%s'}\n"
            .formatted(
                BigDecimal.ONE
                    .movePointLeft(4)
                    .divide(BigDecimal.valueOf(scale), java.math.MathContext.DECIMAL32)
                    .toPlainString()));
    for (Table table : Table.values()) {
      Scratch.write(project, "sources/" + table.title() + ".yml", table.source());
      if (table != Table.DELETED_ORDERS) {
        Scratch.write(project, "models/silver/" + table.title() + ".sql", table.model());
      }
    }
    for (int number = 1; number <= QUERIES; number++) {
      String name = "q%02d".formatted(number);
      String query = query(name);
      Scratch.write(project, "models/gold/" + name + ".sql", query);
      String unlimited = LIMIT.matcher(query).replaceFirst("\n");
      if (!unlimited.equals(query)) {
        Scratch.write(project, "models/gold/" + name + UNLIMITED + ".sql", unlimited);
      }
    }
  }

  private static String query(String name) throws IOException {
    String file = "gold/" + name + ".sql";
    try (InputStream text = TpchProject.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new FileNotFoundException(file);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
