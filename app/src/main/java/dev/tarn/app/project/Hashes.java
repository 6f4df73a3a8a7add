package dev.tarn.app.project;

import dev.tarn.vocabulary.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Content as a short name.
public final class Hashes {

  private Hashes() {}

  /// SHA-256 of the text in UTF-8, in hex.
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw Failure.bug("this JDK has no SHA-256", e);
    }
  }
}
