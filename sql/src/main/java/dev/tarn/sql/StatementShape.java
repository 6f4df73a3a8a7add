package dev.tarn.sql;

import dev.tarn.sql.SqlScanner.Token;
import dev.tarn.sql.tree.SqlText;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be said of a text before the engine parses it: that it is one statement, that it reads,
/// and that it is of bounded size and depth.
final class StatementShape {
  static final int LARGEST_BYTES = 1 << 20;
  static final int DEEPEST_BRACKETS = 250;

  private static final Set<String> READING =
      Set.of("SELECT", "WITH", "FROM", "VALUES", "PIVOT", "UNPIVOT", "TABLE", "(");
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");
  private static final Set<String> SHOWING = Set.of("DESCRIBE", "DESC", "SHOW", "SUMMARIZE");
  private static final String ONE_SELECT = "a query is one SELECT";

  private final SqlText text;
  private final List<Token> tokens;
  private final int deepest;

  StatementShape(SqlText text) {
    this.text = text;
    requireSize(text);
    SqlScanner scanner = SqlScanner.scan(text.text());
    this.tokens = scanner.tokens();
    this.deepest = scanner.deepest();
  }

  private static void requireSize(SqlText text) {
    if (text.bytes() > LARGEST_BYTES) {
      throw failure(
          new Location("", 1, 1),
          "this query has " + text.bytes() + " bytes; at most " + LARGEST_BYTES + " are allowed",
          "put long lists of values into a table and join it");
    }
  }

  /// Fails unless the text can be one SELECT.
  void check() {
    if (deepest > DEEPEST_BRACKETS) {
      throw tooDeep();
    }
    Token first =
        tokens.stream()
            .filter(token -> !token.text().equals(";"))
            .findFirst()
            .orElseThrow(
                () -> failure(new Location("", 1, 1), "there is no query here", ONE_SELECT));
    secondStatement()
        .ifPresent(token -> {
          throw notOneSelect("a second statement begins with " + token.keyword(), token);
        });
    if (first.word() && SHOWING.contains(first.keyword())) {
      throw notOneSelect("found " + first.keyword(), first);
    }
  }

  /// The failure for a text in which the engine found another number of statements than was seen
  /// here.
  Failure notOneStatement(int found) {
    return failure(
        new Location("", 1, 1), ONE_SELECT + "; found " + found + " statements", "keep one SELECT");
  }

  Failure tooDeep() {
    return failure(
        new Location("", 1, 1),
        "this query is nested too deeply",
        "move inner parts to WITH or to a model of their own");
  }

  private Optional<Token> secondStatement() {
    boolean begun = false;
    boolean ended = false;
    for (Token token : tokens) {
      boolean separator = token.text().equals(";");
      if (ended && !separator) {
        return Optional.of(token);
      }
      ended |= separator && begun;
      begun |= !separator;
    }
    return Optional.empty();
  }

  /// The failure for a text that the engine parses but can't write as a tree.
  Failure notSerializable(String message) {
    Optional<Token> pivot = tokens.stream().filter(token -> token.is("PIVOT")).findFirst();
    Optional<Token> other = tokens.stream().filter(token -> !token.text().equals(";")).findFirst();
    if (other.isPresent() && !READING.contains(other.get().keyword())) {
      return notOneSelect("found " + other.get().keyword(), other.get());
    }
    Optional<Token> writing =
        tokens.stream()
            .filter(
                token -> token.word() && token.depth() == 0 && WRITING.contains(token.keyword()))
            .findFirst();
    if (writing.isPresent()) {
      return notOneSelect("found " + writing.get().keyword(), writing.get());
    }
    return pivot
        .map(token ->
            failure(
                place(token),
                "this PIVOT takes its columns from the data, so they are not known before it runs",
                "list them: PIVOT … ON column IN ('a', 'b')"))
        .orElseGet(() -> failure(new Location("", 1, 1), message, ONE_SELECT));
  }

  private Failure notOneSelect(String found, Token token) {
    Location at = place(token);
    return failure(
        at,
        ONE_SELECT + "; " + found + " at " + at.line() + ":" + at.column(),
        "keep one SELECT and take the rest out");
  }

  private Location place(Token token) {
    return text.atCharacter(token.start());
  }

  static Failure failure(Location at, String what, String fix) {
    return new Failure(Remedy.FIX_INPUT, List.of(Problem.at(at, what, fix)));
  }
}
