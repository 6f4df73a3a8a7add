package dev.tarn.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Several texts in one: a line for each, line ends and backslashes escaped.
final class Lines {
  private Lines() {}

  static String of(List<String> texts) {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(text.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
    return lines.toString();
  }

  static List<String> read(String lines) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length(); i++) {
      char c = lines.charAt(i);
      if (c == '\n') {
        texts.add(text.toString());
        text.setLength(0);
      } else if (c == '\\' && i + 1 < lines.length()) {
        char escaped = lines.charAt(++i);
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    return texts;
  }

  /// Keys and values by turns, the keys sorted.
  static String of(Map<String, String> map) {
    List<String> texts = new ArrayList<>();
    new TreeMap<>(map)
        .forEach((key, value) -> {
          texts.add(key);
          texts.add(value);
        });
    return of(texts);
  }

  static Map<String, String> readMap(String lines) {
    List<String> texts = read(lines);
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      map.put(texts.get(i), texts.get(i + 1));
    }
    return map;
  }
}
