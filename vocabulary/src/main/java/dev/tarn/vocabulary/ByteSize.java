package dev.tarn.vocabulary;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of memory or disk, written as people do: `512MB`, `2GB`, `1.5GiB`. 1 KB = 1,000 bytes,
/// 1 KiB = 1,024.
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(\\d{1,12}(?:\\.\\d{1,3})?)\\s*(b|kb|mb|gb|tb|kib|mib|gib|tib)\\s*",
          Pattern.CASE_INSENSITIVE);

  public ByteSize {
    if (bytes < 0) {
      throw Failure.input("a size can't be negative: " + bytes);
    }
  }

  /// Empty when the text is not of the form.
  public static Optional<ByteSize> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    double base = unit.contains("i") ? 1024 : 1000;
    double factor = Math.pow(base, "bkmgt".indexOf(unit.charAt(0)));
    return Optional.of(new ByteSize((long) (Double.parseDouble(matcher.group(1)) * factor)));
  }

  @Override
  public String toString() {
    if (bytes < 1000) {
      return bytes + " B";
    }
    int unit = (int) (Math.log10(bytes) / 3);
    double value = bytes / Math.pow(1000, unit);
    return String.format(
        Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, " kMGTPE".charAt(unit));
  }
}
