package dev.tarn.store;

import java.util.List;

/// What was dropped and can come back.
public interface DroppedLog {
  void add(Dropped dropped);

  /// The newest first.
  List<Dropped> all();

  /// On main and on all branches.
  List<Dropped> everywhere();

  /// False, and nothing done, when it is not there.
  boolean remove(Dropped dropped);
}
