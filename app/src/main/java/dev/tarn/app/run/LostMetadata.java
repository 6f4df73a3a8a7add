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

/// Tells a lake that lost its metadata database from one that begins: a run over it would begin
/// afresh too, from what files are still there, and publish that as the whole.
public final class LostMetadata {
  private static final int DEPTH = 4;

  private LostMetadata() {}

  /// @throws Failure when the database knows of no run and no table, and the folder holds some
  public static void refuse(Opened opened) {
    Lake lake = opened.lake();
    boolean known =
        !lake.versions().isEmpty()
            || !opened.store().read(transaction -> transaction.runs().latest(1)).isEmpty();
    if (!known && holdsTables(lake.warehouse())) {
      throw new Failure(
          Remedy.FIX_DATA,
          List.of(
              Problem.at(
                  Location.file(opened.store().location().toString()),
                  "the metadata database is new, but "
                      + lake.warehouse()
                      + " holds tables of another one",
                  "if it was lost: tarn doctor --repair registers the tables again; to begin afresh"
                      + " move that folder away; two databases can't share one")));
    }
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
