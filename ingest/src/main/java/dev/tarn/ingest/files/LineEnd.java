package dev.tarn.ingest.files;

/// What ends a line.
enum LineEnd {
  NONE(""),
  LF("\n"),
  CRLF("\r\n"),
  CR("\r");

  final String text;

  LineEnd(String text) {
    this.text = text;
  }
}
