package dev.tarn.ingest.files;

import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.settings.Settings;
import java.util.Optional;

/// The limits that files of one source are read within.
///
/// @param lineBytes the longest line, or JSON object; longer ones are kept aside
/// @param columns the most columns
/// @param unpackedBytes the most that one packed file may become
/// @param unpackedRatio how many times its own size a packed file may become, beyond the first
///   megabyte
/// @param files the most files that one look may find, and the most members of one archive
public record Limits(
    long lineBytes, int columns, long unpackedBytes, int unpackedRatio, int files) {
  private static final long LINE = 16_000_000;
  private static final long LONGEST_LINE = 512_000_000;
  private static final int COLUMNS = 3_000;
  private static final long UNPACKED = 64_000_000_000L;
  private static final int RATIO = 1_000;
  private static final int FILES = 1_000_000;

  /// Reads `max_line_bytes`, `max_columns`, `max_unpacked`, `max_ratio` and `max_files` of the
  /// block `limits:`.
  public static Limits read(Settings settings) {
    Optional<Settings> written = settings.block("limits");
    if (written.isEmpty()) {
      return standard();
    }
    Settings block = written.get();
    Limits limits =
        new Limits(
            Math.min(LONGEST_LINE, block.size("max_line_bytes").map(ByteSize::bytes).orElse(LINE)),
            block.number("max_columns", 1, 100_000).map(Long::intValue).orElse(COLUMNS),
            block.size("max_unpacked").map(ByteSize::bytes).orElse(UNPACKED),
            block.number("max_ratio", 1, 1_000_000).map(Long::intValue).orElse(RATIO),
            block.number("max_files", 1, 100_000_000).map(Long::intValue).orElse(FILES));
    block.done();
    return limits;
  }

  /// Lines of 16 MB, 3,000 columns, 64 GB unpacked at most 1,000 times the packed size, a million
  /// files.
  public static Limits standard() {
    return new Limits(LINE, COLUMNS, UNPACKED, RATIO, FILES);
  }
}
