package dev.tarn.store;

import java.util.List;

/// What was dropped and can come back.
public interface DroppedLog {
  void add(Dropped dropped);

  /// The newest first.
  List<Dropped> all();

  /// False, and nothing done, when it is not there.
  boolean remove(Dropped dropped);
}
