package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.time.Duration;

/// The limits of the metadata database.
///
/// @param busyTimeout how long one attempt waits for another process that writes
/// @param attempts how often a transaction is tried when others are in its way
/// @param pause the first wait between two attempts; it doubles from one to the next
public record StoreSettings(Duration busyTimeout, int attempts, Duration pause) {
  public static final StoreSettings DEFAULT =
      new StoreSettings(Duration.ofSeconds(5), 6, Duration.ofMillis(20));

  public StoreSettings {
    if (busyTimeout.isNegative() || pause.isNegative() || attempts < 1) {
      throw Failure.input("the metadata database needs at least one attempt and no negative times");
    }
  }
}
