package dev.tarn.store;

import java.util.Optional;

/// Short texts by key, for what may be thrown away and worked out again.
public interface Notes {
  void put(String key, String text);

  Optional<String> find(String key);

  void remove(String key);
}
