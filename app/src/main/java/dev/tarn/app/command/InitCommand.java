package dev.tarn.app.command;

import dev.tarn.app.shop.ShopExample;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a new project.
public final class InitCommand implements Command {
  private static final long SHOP_SEED = 20_240_101;

  private final Process process;

  public InitCommand(Process process) {
    this.process = process;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "init",
        "Makes a new project in DIR",
        "DIR",
        1,
        1,
        List.of(
            Option.choice("--example", "fill it with a complete, runnable example", "shop"),
            Option.value(
                "--scale", "N", "the size of the example: 1 is about 100,000 orders; default: 0.1"),
            Option.value("--seed", "N", "another seed makes other data of the same kind")),
        """
        Without an example the project has a tarn.yml, one source over data/*.csv, one silver model and a test of it to begin from.
        The shop has customers, products, orders, payments and clicks with the dirt of real life, and models and checks over it.\
        """,
        List.of(
            "tarn init shop --example shop            # then: cd shop && tarn run",
            "tarn init big --example shop --scale 20  # about 2 million orders",
            "tarn init my_lake"),
        "files");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    Path folder = process.folder().resolve(invocation.words().getFirst()).normalize();
    requireEmpty(folder);
    boolean shop = invocation.has("--example");
    if (shop) {
      writeShop(folder, scale(invocation, "0.1"), seed(invocation));
    } else {
      writeFirst(folder);
    }
    show(invocation.console(), folder, shop);
    return WELL;
  }

  static double scale(Invocation invocation, String fallback) {
    String text = invocation.option("--scale").orElse(fallback);
    double scale = text.matches("\\d{1,4}(\\.\\d{1,6})?") ? Double.parseDouble(text) : 0;
    if (scale < 0.001 || scale > 1000) {
      throw Failure.input(
          "--scale must be a number from 0.001 to 1000, not '" + text + "'",
          "1 is about 100,000 orders");
    }
    return scale;
  }

  static long seed(Invocation invocation) {
    String text = invocation.option("--seed").orElse(Long.toString(SHOP_SEED));
    if (!text.matches("-?\\d{1,18}")) {
      throw Failure.input("--seed must be a whole number, not '" + text + "'");
    }
    return Long.parseLong(text);
  }

  void writeShop(Path folder, double scale, long seed) {
    try {
      ShopExample.writeTo(folder, scale, seed);
    } catch (UncheckedIOException e) {
      throw Failure.input(
          "the shop can't be written to " + folder + ": " + e.getMessage(),
          "check the disk and the folder's rights");
    }
  }

  static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> first = files.findFirst();
      if (first.isPresent()) {
        throw Failure.input(
            folder + " is not empty", "name a new folder, so that nothing of yours is overwritten");
      }
    } catch (IOException e) {
      throw Failure.input(folder + " is not a folder that can be read", "name another");
    }
  }

  private static void writeFirst(Path folder) {
    String name = folder.getFileName().toString().replaceAll("[^A-Za-z0-9_]", "_");
    write(folder.resolve("tarn.yml"), "name: " + name + "\n");
    write(folder.resolve("sources/people.yml"), "from: files\npath: data/people*.csv\n");
    write(
        folder.resolve("data/people.csv"),
        "id,name,born\n1,Ada Lovelace,1815-12-10\n2,Grace Hopper,1906-12-09\n");
    write(
        folder.resolve("models/silver/people.sql"),
        """
        /*
        description: One row per person, typed.
        key: id
        checks:
          - unique: id
          - not_null: [id, name]
        */
        SELECT id::BIGINT AS id, trim(name) AS name, TRY_CAST(born AS DATE) AS born
        FROM bronze.people
        """);
    write(
        folder.resolve("tests/people.yml"),
        """
        - name: names are trimmed, and an impossible birthday is none
          model: silver.people
          given:
            bronze.people:
              - {id: "1", name: " Ada Lovelace", born: 1815-12-10}
              - {id: "2", name: Grace Hopper, born: 1906-02-30}
          expect:
            - {id: 1, name: Ada Lovelace, born: 1815-12-10}
            - {id: 2, name: Grace Hopper, born: null}
        """);
    write(folder.resolve(".gitignore"), ".tarn/\n");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.input(
          file + " can't be written: " + e.getMessage(), "check the disk and the folder's rights");
    }
  }

  private static void show(Console console, Path folder, boolean shop) {
    console.line(console.paint(Paint.GREEN, "✓ ") + "made a project in " + folder);
    console.line(
        "  cd "
            + folder
            + " && tarn run && tarn query \"FROM "
            + (shop ? "gold.daily_revenue LIMIT 10" : "silver.people")
            + "\"");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("folder", folder.toString());
    document.put("example", shop ? "shop" : "");
    console.document(document);
  }
}
