package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells of each row, while its table is written, which quarantine checks it fails, so that good
/// rows are written once and bad rows never among them. In a row's mark each check has one bit.
public final class Screen {
  /// Every combination of failed checks may take a file of its own.
  private static final int CHECKS_LIMIT = 8;

  private final Subject subject;
  private final List<DeclaredCheck> checks;
  private final List<RowRule> rules;

  private Screen(Subject subject, List<DeclaredCheck> checks, List<RowRule> rules) {
    this.subject = subject;
    this.checks = List.copyOf(checks);
    this.rules = List.copyOf(rules);
  }

  /// Empty when there is no such check, or when one of them can't be told from a row as it passes:
  /// because it compares rows of the table, or tolerates some failures.
  public static Optional<Screen> of(TableName table, Schema schema, List<DeclaredCheck> checks) {
    Subject subject = Subject.table(table, schema);
    List<DeclaredCheck> screened = checks.stream().filter(DeclaredCheck::quarantines).toList();
    List<RowRule> rules = new ArrayList<>();
    screened.forEach(declared -> rule(declared, subject).ifPresent(rules::add));
    boolean all = rules.size() == screened.size();
    return screened.isEmpty() || !all || screened.size() > CHECKS_LIMIT
        ? Optional.empty()
        : Optional.of(new Screen(subject, screened, rules));
  }

  /// The check as a rule of one row, if it is one.
  static Optional<RowRule> rule(DeclaredCheck declared, Subject subject) {
    boolean alone = declared.where().map(SqlAt::text).map(RowFilter::alone).orElse(true);
    if (!alone || declared.tolerance().signum() > 0) {
      return Optional.empty();
    }
    return switch (declared.check()) {
      case RowCheck.Unique _ -> Optional.empty();
      case RowCheck.Sql(SqlAt query) ->
          RowFilter.of(query).map(condition -> RowRule.filter(RowRule.where(declared), condition));
      case RowCheck.References check when check.tables().contains(subject.table()) ->
          Optional.empty();
      case RowCheck check -> Optional.of(RowRule.of(declared, check, subject));
      case TableCheck _ -> Optional.empty();
    };
  }

  /// SQL over a row of `this`: 0 for rows that fail none of the checks.
  public String mark() {
    List<String> bits = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      bits.add("CASE WHEN " + rules.get(i).failing() + " THEN " + (1L << i) + " ELSE 0 END");
    }
    return "(" + String.join(" | ", bits) + ")";
  }

  /// Why rows could not be marked while a query wrote them: a check that can't be computed, unless
  /// it is the query itself that can't.
  public Failure explained(EngineConnection connection, String sql, Failure failure) {
    String rows = " FROM (" + sql + "\n) AS this";
    boolean query =
        Uncomputable.failure(() -> connection.query("SELECT bit_xor(hash(this))" + rows, 1))
            .isPresent();
    return query
        ? failure
        : Uncomputable.first(
            checks,
            declared ->
                connection.query("SELECT count_if(" + rule(declared).failing() + ")" + rows, 1),
            failure);
  }

  TableName table() {
    return subject.table();
  }

  Subject subject() {
    return subject;
  }

  RowRule rule(DeclaredCheck declared) {
    return rules.get(checks.indexOf(declared));
  }

  boolean fails(long mark, DeclaredCheck declared) {
    return (mark >> checks.indexOf(declared) & 1) == 1;
  }

  /// The names of the checks that rows of a mark fail.
  List<String> failed(long mark) {
    return checks.stream()
        .filter(declared -> fails(mark, declared))
        .map(DeclaredCheck::name)
        .toList();
  }
}
