package dev.tarn.ingest.files;

/// What the escapes in a JSON string mean.
final class JsonStrings {

  private JsonStrings() {}

  /// The text that a well-formed string's inside stands for.
  static String unescaped(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      i++;
      switch (raw.charAt(i)) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(raw.charAt(i));
      }
    }
    return text.toString();
  }
}
