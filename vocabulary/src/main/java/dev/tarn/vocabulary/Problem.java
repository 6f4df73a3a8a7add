package dev.tarn.vocabulary;

import java.util.Optional;

/// One thing that is wrong: what, where, and how to fix it.
///
/// @param what one sentence without a full stop, naming the offending value
/// @param fix what to do about it; empty when `what` says it all
public record Problem(String what, Optional<Location> where, String fix) {

  public static Problem of(String what, String fix) {
    return new Problem(what, Optional.empty(), fix);
  }

  public static Problem at(Location where, String what, String fix) {
    return new Problem(what, Optional.of(where), fix);
  }

  @Override
  public String toString() {
    String place = where.map(location -> location + "  ").orElse("");
    String indent = " ".repeat(place.length());
    return fix.isEmpty() ? place + what : place + what + "\n" + indent + fix;
  }
}
