package dev.tarn.app.shop;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A word in every spelling the shop's files need, encoded once.
final class Word {

  final byte[] utf8;
  final byte[] latin1;

  /// As it looks after its UTF-8 bytes were taken for Windows-1252: `Müller` becomes `MÃ¼ller`.
  final byte[] mojibake;

  /// Lower case letters of ASCII only, as in email addresses.
  final byte[] plain;

  private Word(String word) {
    utf8 = Rows.bytes(word);
    latin1 = word.getBytes(StandardCharsets.ISO_8859_1);
    mojibake = Rows.bytes(new String(utf8, Charset.forName("windows-1252")));
    plain = Rows.bytes(plain(word));
  }

  static List<Word> all(String commaSeparated) {
    return Stream.of(commaSeparated.split(",")).map(Word::new).toList();
  }

  boolean isPlainAscii() {
    return mojibake.length == utf8.length;
  }

  private static String plain(String word) {
    var unfolded = word.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("ø", "o");
    return Normalizer.normalize(unfolded, Normalizer.Form.NFD).replaceAll("[^a-z]", "");
  }
}
