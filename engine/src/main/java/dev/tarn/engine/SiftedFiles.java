package dev.tarn.engine;

import dev.tarn.lake.WrittenFile;
import java.util.List;
import java.util.Map;

/// The files of a result of which some rows were set aside while it was written.
///
/// @param kept those of the rows whose mark was 0
/// @param aside those of all other rows, by their mark; with checksums as the others, but with no
///   values of a partition, and in a folder beside the target's that is the caller's to remove
public record SiftedFiles(List<WrittenFile> kept, Map<Long, List<WrittenFile>> aside) {

  public SiftedFiles {
    kept = List.copyOf(kept);
    aside = Map.copyOf(aside);
  }
}
