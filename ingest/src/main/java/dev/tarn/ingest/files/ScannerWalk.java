package dev.tarn.ingest.files;

import java.io.IOException;

/// A walk over the lines of a scanner; which of them are good rows is for the maker to say.
abstract class ScannerWalk implements Prepared.Walk {
  private final CsvScanner lines;

  ScannerWalk(CsvScanner lines) {
    this.lines = lines;
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long bytes() {
    return lines.bytes();
  }

  @Override
  public String shown() {
    return lines.shown();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
