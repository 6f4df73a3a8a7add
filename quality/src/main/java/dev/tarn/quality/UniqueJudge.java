package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges keys exactly, in the cheapest way that can prove them unique: whole numbers that lie
/// close together set one bit each, see [DenseKey]; other keys are counted as distinct values. What
/// the text of the table's query rules out is not looked for. Only when that shows a repetition are
/// the keys grouped to count it.
final class UniqueJudge implements Judge {
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
    if (wholeNumbers() && !subject.figures().unique(check.columns())) {
      for (ColumnAt column : check.columns()) {
        if (subject.figures().span(column).isEmpty()) {
          pass.ask(bound("min", column));
          pass.ask(bound("max", column));
        }
      }
    }
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(rule.judged()));
    boolean certain = judged < 2 || subject.figures().unique(check.columns());
    if (certain || distinct(pass, judged, connection) == judged) {
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

  /// How many different keys there are; compound keys and texts are counted by their hashes, so
  /// that this may be too few but never too many.
  private long distinct(Pass pass, long judged, EngineConnection connection) {
    Optional<DenseKey> dense = wholeNumbers() ? DenseKey.of(spans(pass), judged) : Optional.empty();
    if (dense.isPresent()) {
      return one(
          connection, "SELECT bit_count(" + dense.get().bits() + judged() + ")" + subject.from());
    }
    String counted = check.columns().size() == 1 && !text() ? keys() : "hash(" + keys() + ")";
    return one(connection, "SELECT count(DISTINCT " + counted + ")" + judged() + subject.from());
  }

  private SequencedMap<String, Figures.Span> spans(Pass pass) {
    SequencedMap<String, Figures.Span> spans = new LinkedHashMap<>();
    for (ColumnAt column : check.columns()) {
      Figures.Span span =
          subject
              .figures()
              .span(column)
              .orElseGet(() ->
                  new Figures.Span(
                      BigDecimal.valueOf(pass.number(pass.ask(bound("min", column)))),
                      BigDecimal.valueOf(pass.number(pass.ask(bound("max", column))))));
      spans.put("this." + column.sql(), span);
    }
    return spans;
  }

  private boolean wholeNumbers() {
    return check.columns().stream()
        .map(subject::type)
        .allMatch(type -> type == Type.Primitive.INTEGER || type == Type.Primitive.BIGINT);
  }

  private boolean text() {
    return subject.type(check.columns().getFirst()) == Type.Primitive.VARCHAR;
  }

  private String bound(String which, ColumnAt column) {
    return which + "(this." + column.sql() + ")" + judged();
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
