package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges keys exactly, in the cheapest way that can prove them unique: whole numbers that lie
/// close together set one bit each; other keys are counted as distinct values. Only when that shows
/// a repetition are the keys grouped to count it.
final class UniqueJudge implements Judge {
  /// The most bits that may be set aside, which is 32 MiB a thread.
  private static final long BITS_LIMIT = 1L << 28;

  /// Bits for each row at most; sparser keys are cheaper to count as values.
  private static final long BITS_PER_ROW = 64;

  private final DeclaredCheck declared;
  private final RowCheck.Unique check;
  private final Subject subject;
  private final RowRule rule;

  UniqueJudge(DeclaredCheck declared, RowCheck.Unique check, Subject subject) {
    this.declared = declared;
    this.check = check;
    this.subject = subject;
    this.rule = RowRule.of(declared, check, subject);
  }

  @Override
  public void ask(Pass pass) {
    pass.count(rule.judged());
    if (wholeNumbers()) {
      pass.ask(bound("min"));
      pass.ask(bound("max"));
    }
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(rule.judged()));
    if (judged < 2 || distinct(pass, judged, connection) == judged) {
      return new Outcome(true, judged, 0, "");
    }
    String groups =
        "SELECT count(*) AS n" + subject.from() + " WHERE " + rule.judged() + " GROUP BY " + keys();
    List<@Nullable Object> repeated =
        connection
            .query("SELECT sum(n), count(*) FROM (" + groups + ") WHERE n > 1", 1)
            .rows()
            .getFirst();
    long failures = Pass.whole(repeated.get(0));
    long values = Pass.whole(repeated.get(1));
    String detail =
        failures == 0
            ? ""
            : values + (values == 1 ? " key occurs" : " keys occur") + " more than once";
    return new Outcome(!declared.tooMany(failures, judged), judged, failures, detail);
  }

  /// How many different keys there are; a compound key is counted by its hash, so that this may be
  /// too few but never too many.
  private long distinct(Pass pass, long judged, EngineConnection connection) {
    if (wholeNumbers()) {
      long min = pass.number(pass.ask(bound("min")));
      long max = pass.number(pass.ask(bound("max")));
      if (dense(min, max, judged)) {
        String bits = "bitstring_agg(CAST(" + keys() + " AS BIGINT), " + min + ", " + max + ")";
        return one(connection, "SELECT bit_count(" + bits + judged() + ")" + subject.from());
      }
    }
    String counted = check.columns().size() == 1 ? keys() : "hash(" + keys() + ")";
    return one(connection, "SELECT count(DISTINCT " + counted + ")" + judged() + subject.from());
  }

  private static boolean dense(long min, long max, long judged) {
    long span = max - min;
    return span >= 0 && span < BITS_LIMIT && span / BITS_PER_ROW <= judged;
  }

  private boolean wholeNumbers() {
    if (check.columns().size() > 1) {
      return false;
    }
    Type type = subject.type(check.columns().getFirst());
    return type == Type.Primitive.INTEGER || type == Type.Primitive.BIGINT;
  }

  private String bound(String which) {
    return which + "(" + keys() + ")" + judged();
  }

  private String judged() {
    return " FILTER (WHERE " + rule.judged() + ")";
  }

  private String keys() {
    return check.columns().stream()
        .map(column -> "this." + column.sql())
        .collect(Collectors.joining(", "));
  }

  private static long one(EngineConnection connection, String sql) {
    return Pass.whole(connection.query(sql, 1).rows().getFirst().getFirst());
  }

  @Override
  public Optional<String> samples() {
    return Optional.of(
        "SELECT "
            + subject.columns("this.")
            + subject.from()
            + " WHERE "
            + rule.failing()
            + " ORDER BY "
            + keys()
            + ", "
            + subject.columns("this."));
  }

  @Override
  public Optional<String> failing() {
    return Optional.of(rule.failing());
  }
}
