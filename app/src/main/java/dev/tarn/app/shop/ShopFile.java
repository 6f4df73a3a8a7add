package dev.tarn.app.shop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// One file of the shop's data: where it lies below `data/` and what writes it; `.gz` is
/// compressed.
record ShopFile(String path, Content content) {

  private static final int GZIP_BUFFER = 1 << 16;

  /// What is in a file: writes its rows and tells the tally what they were.
  @FunctionalInterface
  interface Content {
    void write(Rows rows, Tally tally) throws IOException;
  }

  /// The source this file belongs to: the name of its folder.
  String source() {
    return path.substring(0, path.indexOf('/'));
  }

  Tally writeBelow(Path data) throws IOException {
    var target = data.resolve(path);
    Files.createDirectories(data.resolve(source()));
    var tally = new Tally();
    try (var rows = new Rows(open(target))) {
      content.write(rows, tally);
      tally.wrote(source(), rows.written());
    }
    return tally;
  }

  private OutputStream open(Path target) throws IOException {
    var plain = Files.newOutputStream(target);
    return path.endsWith(".gz")
        ? new BufferedOutputStream(new FastGzip(plain), GZIP_BUFFER)
        : plain;
  }

  /// Compression at its fastest: the shop is made to be read, not to be kept.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, GZIP_BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
