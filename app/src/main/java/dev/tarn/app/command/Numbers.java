package dev.tarn.app.command;

import dev.tarn.vocabulary.Failure;

/// Numbers given as options.
final class Numbers {

  private Numbers() {}

  /// A whole number from 1 to a million.
  static int positive(Invocation invocation, String option, int fallback) {
    String text = invocation.option(option).orElse(Integer.toString(fallback));
    if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > 1_000_000) {
      throw Failure.input(option + " needs a whole number from 1 to 1000000, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }
}
