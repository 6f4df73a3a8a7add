package dev.tarn.vocabulary;

/// Who is told what happens. Rooms tell; observers and the terminal listen.
@FunctionalInterface
public interface Events {

  void tell(Event event);

  /// Nobody listens.
  static Events ignored() {
    return event -> {};
  }
}
