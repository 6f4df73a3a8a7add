package dev.tarn.bench.faults;

import dev.tarn.app.shop.ShopExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A project to break things in, whose source files arrive in parts.
///
/// @param write writes it, with all its data
/// @param part of a source file, by its name: 0 is there from the beginning
record Sample(Consumer<Path> write, ToIntFunction<String> part) {
  private static final long SEED = 20_240_101;
  private static final Pattern MONTH = Pattern.compile("-2024-(\\d\\d)");
  private static final Pattern NUMBER = Pattern.compile("items(\\d+)");

  /// The shop: its second year comes month by month.
  static Sample shop(double scale) {
    return new Sample(
        project -> ShopExample.writeTo(project, scale, SEED), name -> number(MONTH, name, 0));
  }

  /// A source, a table with a quarantine, one that reads it, and a history: as few calls as a whole
  /// run can have.
  static Sample small() {
    return small(2, "");
  }

  /// The same in so many files, the last of which has a line that is rejected.
  static Sample small(int files) {
    return small(files, "1,too,many,values\n");
  }

  private static Sample small(int files, String last) {
    return new Sample(
        project -> writeSmall(project, files, last), name -> number(NUMBER, name, 1) - 1);
  }

  private static int number(Pattern pattern, String name, int otherwise) {
    Matcher matcher = pattern.matcher(name);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  /// Lets the source files of these parts, and no others, be there.
  void arrive(Path whole, Path project, int upTo) {
    Path data = whole.resolve("data");
    try {
      Scratch.remove(project.resolve("data"));
      for (Path file : Scratch.files(data)) {
        if (part.applyAsInt(file.getFileName().toString()) <= upTo) {
          Path there = project.resolve("data").resolve(data.relativize(file));
          Files.createDirectories(there.getParent());
          Files.createLink(there, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSmall(Path project, int files, String last) {
    Scratch.write(project.resolve("tarn.yml"), "name: small\n");
    Scratch.write(project.resolve("sources/items.yml"), "from: files\npath: data/items*.csv\n");
    for (int file = 1; file <= files; file++) {
      Scratch.write(
          project.resolve("data/items" + file + ".csv"),
          rows(file == 1 ? 1 : 200 * (file - 1), 200 * (file - 1) + 300)
              + (file == files ? last : ""));
    }
    Scratch.write(
        project.resolve("models/silver/items.sql"),
        """
        /*
        key: id
        checks:
          - unique: id
          - {range: {amount: {min: 0}}, on_fail: quarantine}
        */
        SELECT id::BIGINT AS id, kind, amount::DECIMAL(12,2) AS amount
        FROM bronze.items
        QUALIFY row_number() OVER (PARTITION BY id::BIGINT ORDER BY _source DESC, _position DESC) = 1
        """);
    Scratch.write(
        project.resolve("models/gold/totals.sql"),
        "SELECT kind, count(*) AS items, sum(amount) AS amount FROM silver.items GROUP BY ALL");
    Scratch.write(
        project.resolve("models/silver/versions.sql"),
        """
        /*
        materialize: snapshot
        key: id
        updated_at: changed_on
        */
        SELECT id::BIGINT AS id, amount::DECIMAL(12,2) AS amount,
          DATE '2026-01-01' + regexp_extract(_source, 'items([0-9]+)', 1)::INTEGER AS changed_on
        FROM bronze.items
        """);
  }

  private static String rows(int from, int to) {
    StringBuilder rows = new StringBuilder("id,kind,amount\n");
    for (int id = from; id < to; id++) {
      rows.append(id)
          .append(",k")
          .append(id % 7)
          .append(',')
          .append(id % 50 == 0 ? -1 : id * from)
          .append('\n');
    }
    return rows.toString();
  }
}
