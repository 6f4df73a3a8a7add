package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a SQL text may name, found without parsing it: too much rather than too little, because
/// what is not found here is not verified before it is read.
///
/// @param words every word and quoted name, in small letters
/// @param pairs every two names with a dot between them, as `layer.name` in small letters
/// @param calls every word with a bracket after it
/// @param mentions where such pairs begin, outside comments and strings and with no name before
///   them
/// @param ordered whether the outermost query has an ORDER BY
record SqlWords(
    Set<String> words,
    Set<String> pairs,
    Set<String> calls,
    List<Mention> mentions,
    boolean ordered) {
  /// Functions that run SQL made at run time.
  private static final Set<String> INDIRECT_CALLS =
      Set.of("query", "query_table", "json_execute_serialized_sql");

  static SqlWords of(String sql) {
    Reader careful = new Reader(sql, true);
    careful.read();
    Reader blunt = new Reader(sql, false);
    blunt.read();
    careful.words.addAll(blunt.words);
    careful.pairs.addAll(blunt.pairs);
    careful.calls.addAll(blunt.calls);
    return new SqlWords(
        careful.words, careful.pairs, careful.calls, careful.mentions, careful.ordered);
  }

  boolean mayName(TableName table) {
    return pairs.contains(table.layer() + "." + table.name());
  }

  /// Whether tables may be reached in ways that the words don't tell.
  boolean indirect() {
    boolean path =
        words.contains("use")
            || (words.contains("set")
                && (words.contains("search_path") || words.contains("schema")));
    return path || words.contains("export") || INDIRECT_CALLS.stream().anyMatch(calls::contains);
  }

  /// Whether the statement makes something that later statements can use under another name, for
  /// all connections.
  boolean makesSharedObject() {
    return (words.contains("create") || words.contains("alter"))
        && !words.contains("temp")
        && !words.contains("temporary");
  }

  /// Two names with a dot between them.
  ///
  /// @param at where the first begins, behind its quote
  record Mention(int at, String first, String second) {}

  /// One pass over the text. A careful one knows comments, strings and quoted names, a blunt one
  /// sees words everywhere.
  private static final class Reader {
    final Set<String> words = new HashSet<>();
    final Set<String> pairs = new HashSet<>();
    final Set<String> calls = new HashSet<>();
    final List<Mention> mentions = new ArrayList<>();
    private final String sql;
    private final boolean careful;
    private int at;
    private int depth;
    private String previous = "";
    private int previousAt;
    private boolean dotted;
    private boolean inner;
    boolean ordered;

    Reader(String sql, boolean careful) {
      this.sql = sql;
      this.careful = careful;
    }

    void read() {
      while (at < sql.length()) {
        char next = sql.charAt(at);
        if (next == '"' && careful) {
          name(at + 1, quoted());
        } else if (next == '"') {
          at++;
        } else if (isWordPart(next)) {
          name(at, word());
        } else if (!careful || !skipped(next)) {
          mark(next);
        }
      }
    }

    private boolean skipped(char next) {
      if (next == '-' && sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
        return true;
      }
      if (next == '/' && sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
        return true;
      }
      if (next == '\'') {
        int end = sql.indexOf('\'', at + 1);
        at = end < 0 ? sql.length() : end + 1;
        previous = "";
        return true;
      }
      return false;
    }

    private void mark(char next) {
      at++;
      if (next == '.') {
        dotted = !previous.isEmpty();
      } else if (!Character.isWhitespace(next)) {
        if (next == '(') {
          calls.add(previous);
        }
        previous = "";
        dotted = false;
        depth += next == '(' ? 1 : next == ')' ? -1 : 0;
      }
    }

    private void name(int from, String name) {
      words.add(name);
      if (dotted) {
        pairs.add(previous + "." + name);
        if (!inner) {
          mentions.add(new Mention(previousAt, previous, name));
        }
      }
      inner = dotted;
      ordered |= depth == 0 && name.equals("by") && previous.equals("order");
      previous = name;
      previousAt = from;
      dotted = false;
    }

    private String word() {
      int from = at;
      while (at < sql.length() && isWordPart(sql.charAt(at))) {
        at++;
      }
      return sql.substring(from, at).toLowerCase(Locale.ROOT);
    }

    private String quoted() {
      StringBuilder name = new StringBuilder();
      at++;
      while (at < sql.length()) {
        char next = sql.charAt(at++);
        if (next == '"') {
          if (at >= sql.length() || sql.charAt(at) != '"') {
            break;
          }
          at++;
        }
        name.append(next);
      }
      return name.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isWordPart(char c) {
      return c == '_' || c == '$' || c > 127 || Character.isLetterOrDigit(c);
    }
  }
}
