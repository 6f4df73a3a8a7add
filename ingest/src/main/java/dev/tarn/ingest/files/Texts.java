package dev.tarn.ingest.files;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks at bytes that should be text.
final class Texts {
  /// How much of a rejected line is shown.
  static final int SHOWN_BYTES = 8_000;

  private Texts() {}

  /// The text between two places, cut after [#SHOWN_BYTES]; bytes that are no text are shown as
  /// `\xE4`.
  static String shown(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + SHOWN_BYTES);
    while (end < to && end > from && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    StringBuilder text = new StringBuilder();
    int at = from;
    while (at < end) {
      int wrong = invalidUtf8(bytes, at, end);
      int stop = wrong < 0 ? end : wrong;
      text.append(new String(bytes, at, stop - at, StandardCharsets.UTF_8).replace("\0", "\\x00"));
      at = stop;
      if (wrong >= 0) {
        text.append(String.format("\\x%02X", bytes[at] & 255));
        at++;
      }
    }
    return text.toString();
  }

  /// Whether bytes begin with UTF-8's byte order mark.
  static boolean hasMark(byte[] bytes, int limit) {
    return limit >= 3
        && (bytes[0] & 255) == 0xEF
        && (bytes[1] & 255) == 0xBB
        && (bytes[2] & 255) == 0xBF;
  }

  /// Where bytes are not UTF-8, if anywhere, in words.
  static Optional<String> encodingFault(byte[] bytes, int from, int to) {
    int wrong = invalidUtf8(bytes, from, to);
    return wrong < 0
        ? Optional.empty()
        : Optional.of("it is not valid UTF-8 at byte " + (wrong - from + 1));
  }

  /// The place of the first byte that is not UTF-8 (RFC 3629), or -1.
  static int invalidUtf8(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int b = bytes[i];
      if (b >= 0) {
        i++;
        continue;
      }
      int length = sequence(b & 255);
      if (length == 0 || i + length > to || !continues(bytes, i, length)) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  private static int sequence(int first) {
    if (first >= 0xC2 && first <= 0xDF) {
      return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
  }

  private static boolean continues(byte[] bytes, int at, int length) {
    int first = bytes[at] & 255;
    int second = bytes[at + 1] & 255;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return false;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
