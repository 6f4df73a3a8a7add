package dev.tarn.app.project;

import dev.tarn.vocabulary.ByteSize;

/// What the machine has, as far as defaults depend on it.
public record Machine(int processors, ByteSize memory) {

  ByteSize memoryDefault() {
    return new ByteSize(Math.max(256_000_000L, memory.bytes() / 10 * 6));
  }
}
