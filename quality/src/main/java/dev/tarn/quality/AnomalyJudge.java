package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Judges whether a figure is far from what it was in earlier runs. Those runs' results carry the
/// figure in their detail.
final class AnomalyJudge implements Judge {
  /// The latest results that count.
  private static final int HISTORY_LIMIT = 60;

  private static final Pattern MEASURED =
      Pattern.compile("^.* = (-?[0-9.]+(?:E-?[0-9]+)?)(?:;.*)?$", Pattern.DOTALL);

  private final DeclaredCheck declared;
  private final TableCheck.Anomaly check;
  private final Subject subject;
  private final Instant now;
  private final CheckHistory history;

  AnomalyJudge(
      DeclaredCheck declared,
      TableCheck.Anomaly check,
      Subject subject,
      Instant now,
      CheckHistory history) {
    this.declared = declared;
    this.check = check;
    this.subject = subject;
    this.now = now;
    this.history = history;
  }

  @Override
  public void ask(Pass pass) {
    pass.count(where());
    pass.ask(figure());
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long rows = pass.number(pass.count(where()));
    OptionalDouble measured = pass.decimal(pass.ask(figure()));
    double[] earlier =
        history.earlier(subject.table(), declared.name()).stream()
            .filter(result -> inSeason(result.at()))
            .sorted(Comparator.comparing(CheckResult::at).reversed())
            .mapMulti((CheckResult result, Consumer<Double> sink) ->
                figureOf(result).ifPresent(sink::accept))
            .limit(HISTORY_LIMIT)
            .mapToDouble(Double::doubleValue)
            .toArray();
    Usual usual = Usual.of(earlier);
    String name = check.figure();
    if (measured.isEmpty()) {
      return Outcome.whole(!usual.enough(), rows, name + " has no value" + usual.text());
    }
    double value = measured.getAsDouble();
    boolean passed =
        !usual.enough() || usual.deviations(value) <= check.sensitivity().doubleValue();
    return Outcome.whole(
        passed, rows, name + " = " + Usual.plain(value) + "; " + usual.text(value));
  }

  /// Whether a time is about a multiple of the season ago: no further off than a fourteenth, which
  /// for a week is half a day.
  private boolean inSeason(Instant at) {
    if (!at.isBefore(now) || check.season().isEmpty()) {
      return at.isBefore(now);
    }
    long season = check.season().get().toMillis();
    long off = Math.floorMod(Duration.between(at, now).toMillis(), season);
    return Math.min(off, season - off) * 14 <= season;
  }

  private static OptionalDouble figureOf(CheckResult result) {
    Matcher matcher = MEASURED.matcher(result.detail());
    return matcher.matches()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private String figure() {
    String column = check.column().map(named -> "this." + named.sql()).orElse("");
    String filter = " FILTER (WHERE " + where() + ")";
    return switch (check.metric()) {
      case ROW_COUNT -> "count(*)" + filter;
      case DISTINCT_COUNT -> "count(DISTINCT " + column + ")" + filter;
      case NULL_SHARE -> "avg(CASE WHEN " + column + " IS NULL THEN 1.0 ELSE 0.0 END)" + filter;
      case SUM -> "CAST(sum(" + column + ")" + filter + " AS DOUBLE)";
      case MEAN -> "CAST(avg(" + column + ")" + filter + " AS DOUBLE)";
      case MIN -> "CAST(min(" + column + ")" + filter + " AS DOUBLE)";
      case MAX -> "CAST(max(" + column + ")" + filter + " AS DOUBLE)";
    };
  }

  private String where() {
    return RowRule.where(declared);
  }

  @Override
  public Optional<String> samples() {
    return Optional.empty();
  }
}
