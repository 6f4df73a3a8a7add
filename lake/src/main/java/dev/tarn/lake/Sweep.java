package dev.tarn.lake;

/// What a sweep removed.
public record Sweep(int files, long bytes) {

  public static final Sweep NOTHING = new Sweep(0, 0);

  public Sweep plus(Sweep other) {
    return new Sweep(files + other.files, bytes + other.bytes);
  }
}
