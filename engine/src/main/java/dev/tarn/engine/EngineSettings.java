package dev.tarn.engine;

import dev.tarn.vocabulary.ByteSize;
import java.nio.file.Path;

/// The limits an engine works within.
///
/// @param memory the most memory for all queries together; results larger than that spill to
///   `temporary`
/// @param threads the most threads for all queries together
/// @param temporary a folder for spilling; made when needed, emptied at the end
/// @param temporaryLimit the most disk that spilling may take
public record EngineSettings(
    ByteSize memory, int threads, Path temporary, ByteSize temporaryLimit) {

  /// The same, with other limits of memory and threads.
  public EngineSettings with(ByteSize otherMemory, int otherThreads) {
    return new EngineSettings(otherMemory, otherThreads, temporary, temporaryLimit);
  }
}
