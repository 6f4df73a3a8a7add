package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random tables in random dialects, with some lines broken: what is landed and what is kept aside
/// is what was written.
final class RandomCsvTest {
  private static final String[] PIECES = {"a", "7", "é", "😀", " ", "x y", "#", "'", "0.5", "Z"};

  @Test
  void landed_rows_and_rejected_lines_are_all_lines(@TempDir Path folder) {
    try (TestProject project = new TestProject(folder)) {
      for (int seed = 0; seed < 10; seed++) {
        Written written = write(new Random(seed));
        String path = "d" + seed + "/a.csv";
        project.file(path, seed + written.text);

        Landing landing =
            project.land(
                "path: " + path + "\ndelimiter: '" + written.delimiter + "'\nheader: true\n");

        assertThat(landing.rows()).as("seed " + seed).isEqualTo(written.rows.size());
        assertThat(landing.rejected()).as("seed " + seed).isEqualTo(written.broken);
        assertThat(project.rows(landed(seed, written.columns, path)))
            .as("seed " + seed)
            .isEqualTo(written.rows);
      }
    }
  }

  private record Written(
      String delimiter, int columns, String text, List<String> rows, int broken) {}

  private static Written write(Random random) {
    String delimiter = List.of(",", ";", "|", "\\t").get(random.nextInt(4));
    String end = List.of("\n", "\r\n").get(random.nextInt(2));
    char real = delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
    int columns = 2 + random.nextInt(4);
    StringBuilder text = new StringBuilder();
    StringJoiner header = new StringJoiner(String.valueOf(real));
    for (int i = 0; i < columns; i++) {
      header.add("c" + i);
    }
    text.append(header).append(end);
    List<String> rows = new ArrayList<>();
    int broken = 0;
    for (int row = 0; row < 200; row++) {
      if (random.nextInt(20) == 0) {
        broken++;
        text.append("broken").append(row).append(end);
      } else {
        List<String> values = new ArrayList<>();
        StringJoiner line = new StringJoiner(String.valueOf(real));
        for (int i = 0; i < columns; i++) {
          String value = value(random, real);
          values.add(value);
          line.add(quoted(value, random, real));
        }
        rows.add(String.join("\u0001", values));
        text.append(line).append(end);
      }
    }
    return new Written(delimiter, columns, text.toString(), rows, broken);
  }

  /// The file begins with the seed, so that no two are the same: so does the first column's name.
  private static String landed(int seed, int columns, String path) {
    StringJoiner values = new StringJoiner(" || chr(1) || ");
    for (int i = 0; i < columns; i++) {
      values.add("coalesce(" + (i == 0 ? "\"" + seed + "c0\"" : "c" + i) + ", '')");
    }
    return "SELECT " + values + " FROM {t} WHERE _source = '" + path + "' ORDER BY _position";
  }

  private static String value(Random random, char delimiter) {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      value.append(
          switch (random.nextInt(8)) {
            case 0 -> "\"";
            case 1 -> String.valueOf(delimiter);
            case 2 -> "\n";
            default -> PIECES[random.nextInt(PIECES.length)];
          });
    }
    return value.toString();
  }

  private static String quoted(String value, Random random, char delimiter) {
    boolean needed =
        value.indexOf(delimiter) >= 0 || value.contains("\n") || value.startsWith("\"");
    return needed || random.nextInt(3) == 0 ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
  }
}
