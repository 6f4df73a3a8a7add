package dev.tarn.app;

import java.util.Optional;

/// The command line's front door.
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    if (words.length == 1 && words[0].equals("--version")) {
      System.out.println("tarn " + version());
      return;
    }
    System.err.println("usage: tarn --version");
    System.exit(2);
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }
}
