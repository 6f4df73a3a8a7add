package dev.tarn.app.terminal;

/// Colours, by what they say.
public enum Paint {
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  FAINT("2"),
  BOLD("1");

  private final String number;

  Paint(String number) {
    this.number = number;
  }

  String code() {
    return "\u001b[" + number + "m";
  }
}
