package dev.tarn.app.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Changes to a text, gathered by place and made all at once.
final class TextEdits {
  private final List<Edit> edits = new ArrayList<>();

  private record Edit(int start, int end, String text) {}

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /// Puts another text in the place of one. Changes must not overlap.
  void replace(int start, int end, String text) {
    edits.add(new Edit(start, end, text));
  }

  String applied(String text) {
    StringBuilder changed = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::start).thenComparing(Edit::end).reversed())
        .forEach(edit -> changed.replace(edit.start, edit.end, edit.text));
    return changed.toString();
  }
}
