package dev.tarn.sql;

import dev.tarn.sql.SqlScanner.Token;
import java.util.List;

/// A statement as it can stand within another one.
public final class BareStatement {

  private BareStatement() {}

  /// The text with blanks in place of the semicolons that begin and end it, so that every place in
  /// it stays where it is. One between two statements stays.
  public static String of(String sql) {
    List<Token> tokens = SqlScanner.scan(sql).tokens();
    StringBuilder bare = new StringBuilder(sql);
    tokens.stream().takeWhile(BareStatement::separates).forEach(token -> blank(token, bare));
    tokens.reversed().stream()
        .takeWhile(BareStatement::separates)
        .forEach(token -> blank(token, bare));
    return bare.toString();
  }

  private static boolean separates(Token token) {
    return token.text().equals(";");
  }

  private static void blank(Token token, StringBuilder text) {
    text.setCharAt(token.start(), ' ');
  }
}
