package dev.tarn.app.run;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import dev.tarn.lake.LakeTable;
import dev.tarn.quality.CheckNames;
import dev.tarn.quality.QuarantineTable;
import dev.tarn.store.CheckRecord;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks into the quarantine of a table.
public final class QuarantineLook {
  private static final int HISTORY_LIMIT = 1_000;

  private final Opened opened;
  private final LazySession session;

  public QuarantineLook(Opened opened, LazySession session) {
    this.opened = opened;
    this.session = session;
  }

  /// @param limit the most rows shown of each check
  public Quarantined of(TableName name, long limit) {
    LakeTable table = StoredTables.require(opened, name);
    Optional<LakeTable> held =
        opened.lake().find(name.quarantine()).filter(found -> found.rows() > 0);
    return held.isEmpty()
        ? new Quarantined(name, 0, table.rows(), List.of())
        : new Quarantined(name, held.get().rows(), table.rows(), reasons(table, held.get(), limit));
  }

  private List<Quarantined.Reason> reasons(LakeTable table, LakeTable held, long limit) {
    session.expose(held.scan());
    QuarantineTable marks = QuarantineTable.of(table.schema());
    Set<String> declared = declared(table.name());
    List<CheckResult> known = known(table.name());
    List<Quarantined.Reason> reasons = new ArrayList<>();
    try (EngineConnection connection = session.connect()) {
      String sql =
          "SELECT failed, count(*), min(since) FROM (SELECT unnest(%s) AS failed, %s AS since FROM %s) GROUP BY failed ORDER BY 2 DESC, 1"
              .formatted(
                  Identifiers.quote(marks.checks()),
                  Identifiers.quote(marks.at()),
                  held.name().sql());
      for (List<@Nullable Object> row : connection.query(sql, HISTORY_LIMIT).rows()) {
        String name = String.valueOf(row.get(0));
        reasons.add(
            new Quarantined.Reason(
                name,
                known.stream()
                    .filter(result -> result.name().equals(name))
                    .map(CheckResult::check)
                    .findFirst()
                    .orElse(""),
                declared.contains(name),
                ((Number) Objects.requireNonNull(row.get(1))).longValue(),
                row.get(2) instanceof OffsetDateTime at ? at.toInstant().toString() : "",
                samples(connection, held, marks, name, limit)));
      }
    }
    return reasons;
  }

  /// Rows that failed the least come first: they tell most about the one check.
  private static Rows samples(
      EngineConnection connection, LakeTable held, QuarantineTable marks, String name, long limit) {
    String checks = Identifiers.quote(marks.checks());
    String hidden =
        List.of(marks.run(), marks.at()).stream()
            .map(Identifiers::quote)
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT * EXCLUDE (%s) FROM %s WHERE list_contains(%s, %s) ORDER BY len(%s) LIMIT %d"
            .formatted(hidden, held.name().sql(), checks, Identifiers.literal(name), checks, limit);
    return connection.query(sql, limit);
  }

  private List<CheckResult> known(TableName table) {
    return opened
        .store()
        .read(transaction -> transaction.checks().ofTable(table, HISTORY_LIMIT))
        .stream()
        .map(CheckRecord::result)
        .toList();
  }

  private Set<String> declared(TableName table) {
    return opened.project().models().stream()
        .filter(model -> model.table().equals(table))
        .flatMap(model -> CheckNames.quarantining(model.settings().checks()).stream())
        .collect(Collectors.toSet());
  }
}
