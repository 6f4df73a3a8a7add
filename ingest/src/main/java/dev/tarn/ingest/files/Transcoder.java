package dev.tarn.ingest.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes UTF-8 of text in another encoding. Bytes that mean nothing in that encoding become a byte
/// that means nothing in UTF-8, so that their line is later kept aside like any other that is
/// wrongly encoded.
final class Transcoder {
  private static final int CHUNK = 1 << 16;
  private static final byte MEANINGLESS = (byte) 0xFF;

  private final RawStore raw;
  private final Optional<Charset> declared;

  Transcoder(RawStore raw, Optional<Charset> declared) {
    this.raw = raw;
    this.declared = declared;
  }

  /// The same text in UTF-8: the file itself when it is UTF-8 already.
  Path utf8(Path file) throws IOException {
    Charset charset = declared.orElse(StandardCharsets.UTF_8);
    Charset marked = marked(file).orElse(charset);
    boolean wide = charset.name().startsWith("UTF-") && !charset.equals(StandardCharsets.UTF_8);
    Charset chosen = declared.isEmpty() || wide ? marked : charset;
    if (chosen.equals(StandardCharsets.UTF_8) || chosen.equals(StandardCharsets.US_ASCII)) {
      return file;
    }
    Path plain = raw.scratch(".utf8");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(plain), CHUNK)) {
      decode(in, out, chosen);
    }
    return plain;
  }

  /// What a byte order mark says.
  private static Optional<Charset> marked(Path file) throws IOException {
    byte[] start = new byte[4];
    int read;
    try (InputStream in = Files.newInputStream(file)) {
      read = in.readNBytes(start, 0, 4);
    }
    if (read >= 4
        && start[0] == (byte) 0xFF
        && start[1] == (byte) 0xFE
        && start[2] == 0
        && start[3] == 0) {
      return Optional.of(Charset.forName("UTF-32"));
    }
    if (read >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE) {
      return Optional.of(StandardCharsets.UTF_16);
    }
    return read >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF
        ? Optional.of(StandardCharsets.UTF_16)
        : Optional.empty();
  }

  private static void decode(InputStream in, OutputStream out, Charset charset) throws IOException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    CharBuffer chars = CharBuffer.allocate(CHUNK);
    boolean ended = false;
    while (!ended) {
      ended = fill(in, bytes);
      CoderResult result;
      do {
        result = decoder.decode(bytes, chars, ended);
        drain(chars, out, ended && !result.isOverflow());
        if (result.isError()) {
          out.write(MEANINGLESS);
          bytes.position(bytes.position() + result.length());
        }
      } while (!result.isUnderflow());
    }
  }

  private static boolean fill(InputStream in, ByteBuffer bytes) throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(read, 0));
    bytes.flip();
    return read < 0;
  }

  /// A high surrogate at the end waits for its other half.
  private static void drain(CharBuffer chars, OutputStream out, boolean last) throws IOException {
    chars.flip();
    boolean waits =
        !last && chars.hasRemaining() && Character.isHighSurrogate(chars.get(chars.limit() - 1));
    int count = chars.remaining() - (waits ? 1 : 0);
    out.write(new String(chars.array(), 0, count).getBytes(StandardCharsets.UTF_8));
    chars.position(count);
    chars.compact();
  }
}
