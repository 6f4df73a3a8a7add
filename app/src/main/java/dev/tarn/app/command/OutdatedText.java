package dev.tarn.app.command;

import dev.tarn.vocabulary.TableName;

/// Tells that files were read with other settings than their source has now.
final class OutdatedText {

  private OutdatedText() {}

  static String of(TableName table, int files) {
    return table
        + ": "
        + (files == 1 ? "1 file was" : files + " files were")
        + " read with other settings than the source has now: tarn replay "
        + table;
  }
}
