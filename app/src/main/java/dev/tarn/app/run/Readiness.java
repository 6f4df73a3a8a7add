package dev.tarn.app.run;

import dev.tarn.lake.Lake;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whether a run may begin on a lake.
public final class Readiness {
  private static final int DEPTH = 4;

  private Readiness() {}

  /// @throws Failure when nothing could be written, or too much would be
  public static void require(Opened opened) {
    Lake lake = opened.lake();
    Path warehouse = lake.warehouse();
    if (Files.exists(warehouse) && !Files.isWritable(warehouse)) {
      throw Failure.input(
          "the lake " + warehouse + " can't be written", "let the user that runs Tarn write it");
    }
    boolean known =
        !lake.versions().isEmpty()
            || !opened.store().read(transaction -> transaction.runs().latest(1)).isEmpty();
    if (!known && holdsTables(warehouse)) {
      throw lost(opened);
    }
  }

  /// A run over a lake that lost its metadata database would begin afresh too, from what files are
  /// still there, and publish that as the whole.
  private static Failure lost(Opened opened) {
    return new Failure(
        Remedy.FIX_DATA,
        List.of(
            Problem.at(
                Location.file(opened.store().location().toString()),
                "the metadata database is new, but "
                    + opened.lake().warehouse()
                    + " holds tables of another one",
                "if it was lost: tarn doctor --repair registers the tables again; to begin afresh"
                    + " move that folder away; two databases can't share one")));
  }

  private static boolean holdsTables(Path warehouse) {
    if (!Files.isDirectory(warehouse)) {
      return false;
    }
    try (Stream<Path> files = Files.find(warehouse, DEPTH, (file, _) -> isTable(file))) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw Failure.retry(
          warehouse + " can't be looked into: " + e.getMessage(), "check its rights", e);
    }
  }

  private static boolean isTable(Path file) {
    return file.toString().endsWith(".metadata.json");
  }
}
