package dev.tarn.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/// A new metadata file; one of that name must not exist.
final class ChecksummedOutput implements OutputFile {
  private final LakeFiles files;
  private final String location;
  private final WriteLog log;

  ChecksummedOutput(LakeFiles files, String location, WriteLog log) {
    this.files = files;
    this.location = location;
    this.log = log;
  }

  @Override
  public PositionOutputStream create() {
    Path path = LakeFiles.path(location);
    try {
      Files.createDirectories(path.getParent());
      return new Stream(
          Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return create();
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public InputFile toInputFile() {
    return files.newInputFile(location);
  }

  private final class Stream extends PositionOutputStream {
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private long written;
    private boolean closed;

    Stream(OutputStream out) {
      this.out = new BufferedOutputStream(out, 1 << 15);
    }

    @Override
    public long getPos() {
      return written;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      crc.update(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      crc.update(bytes, from, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.close();
        log.addMetadata(location, written, (int) crc.getValue());
      }
    }
  }
}
