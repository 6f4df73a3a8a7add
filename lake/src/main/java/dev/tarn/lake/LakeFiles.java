package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;

/// Iceberg's metadata files on a local disk: verified when read, checksummed when written. They
/// become durable with the publish, which syncs all of them at once before it names any.
final class LakeFiles implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient Checksums checksums;
  private final transient Optional<WriteLog> log;

  private LakeFiles(Checksums checksums, Optional<WriteLog> log) {
    this.checksums = checksums;
    this.log = log;
  }

  static LakeFiles reading(Checksums checksums) {
    return new LakeFiles(checksums, Optional.empty());
  }

  static LakeFiles staging(Checksums checksums, WriteLog log) {
    return new LakeFiles(checksums, Optional.of(log));
  }

  /// Where a location is on this machine. Locations are plain paths, never decoded: `a%2Fb` is a
  /// name.
  static Path path(String location) {
    if (!location.startsWith("file:")) {
      return Path.of(location);
    }
    return Path.of(location.substring(location.startsWith("file://") ? 7 : 5));
  }

  Checksums checksums() {
    return checksums;
  }

  @Override
  public InputFile newInputFile(String location) {
    return new VerifiedInput(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    WriteLog target =
        log.orElseThrow(() -> new IllegalStateException("nothing is written outside a branch"));
    return new ChecksummedOutput(this, location, target);
  }

  /// Files go by the sweep alone, when nothing needs them any more.
  @Override
  public void deleteFile(String location) {}

  /// What is known of files, staged ones too, by location.
  Map<String, Expected> expected(Collection<String> locations) {
    Map<String, Expected> known = new HashMap<>(checksums.of(locations));
    log.ifPresent(written ->
        locations.forEach(
            location -> written.of(location).ifPresent(expected -> known.put(location, expected))));
    return known;
  }

  private Optional<Expected> expected(String location) {
    return log.flatMap(written -> written.of(location)).or(() -> checksums.of(location));
  }

  /// A metadata file, read whole, so that not one byte of it is believed unverified.
  private final class VerifiedInput implements InputFile {
    private final String location;

    VerifiedInput(String location) {
      this.location = location;
    }

    @Override
    public long getLength() {
      return expected(location).map(Expected::bytes).orElseGet(() -> size(path(location)));
    }

    @Override
    public SeekableInputStream newStream() {
      return new BytesInput(FileCheck.read(path(location), expected(location)));
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public boolean exists() {
      return Files.exists(path(location));
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
