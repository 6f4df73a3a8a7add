package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges whether sums agree with those of another table, group by group. A group that one side
/// lacks has a sum of 0 there, NULL is a group of its own, and the tolerance is a share of the
/// other table's sum.
record TotalsJudge(DeclaredCheck declared, TableCheck.EqualTotals check, Subject subject)
    implements Judge {
  /// Sums of floating point numbers depend on the order of adding: a difference below this share is
  /// none.
  private static final String ROUNDING = "1e-9";

  @Override
  public void ask(Pass pass) {
    pass.count(RowRule.where(declared));
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long groups = 0;
    long differing = 0;
    List<String> details = new ArrayList<>();
    for (TableCheck.EqualTotals.Total part : check.of()) {
      Rows counted =
          connection.query("SELECT count(*), count_if(differs) FROM (" + compared(part) + ")", 1);
      List<@Nullable Object> row = counted.rows().getFirst();
      groups += Pass.whole(row.get(0));
      differing += Pass.whole(row.get(1));
      details.add(detail(part, Pass.whole(row.get(0)), Pass.whole(row.get(1)), connection));
    }
    return new Outcome(differing == 0, groups, differing, String.join("; ", details));
  }

  private String detail(
      TableCheck.EqualTotals.Total part, long groups, long differing, EngineConnection connection) {
    if (!part.by().isEmpty()) {
      return differing + " of " + groups + " totals of " + part.column().name() + " differ";
    }
    List<@Nullable Object> totals =
        connection
            .query("SELECT here::VARCHAR, there::VARCHAR FROM (" + compared(part) + ")", 1)
            .rows()
            .getFirst();
    return part.column().name()
        + " is "
        + totals.get(0)
        + " here and "
        + totals.get(1)
        + " in "
        + part.table();
  }

  @Override
  public Optional<String> samples() {
    String first =
        check.of().stream()
            .map(part ->
                "SELECT "
                    + keys(part, "")
                    + "here, there FROM ("
                    + compared(part)
                    + ") WHERE differs"
                    + order(part))
            .map(sql -> "(" + sql + ")")
            .collect(Collectors.joining(" UNION ALL BY NAME "));
    return Optional.of("SELECT * FROM (" + first + ")");
  }

  private static String order(TableCheck.EqualTotals.Total part) {
    return part.by().isEmpty() ? "" : " ORDER BY ALL";
  }

  /// The groups of both tables with their sums and whether these differ.
  private String compared(TableCheck.EqualTotals.Total part) {
    String here =
        grouped(part, part.column().sql(), subject.from() + " WHERE " + RowRule.where(declared));
    String there =
        grouped(
            part,
            new ColumnAt(part.other(), part.at()).sql(),
            " FROM " + part.table().sql() + " AS this");
    String on =
        part.by().isEmpty()
            ? "true"
            : part.by().stream()
                .map(column -> "a." + column.sql() + " IS NOT DISTINCT FROM b." + column.sql())
                .collect(Collectors.joining(" AND "));
    String sums = "coalesce(a.total, 0) AS here, coalesce(b.total, 0) AS there";
    String joined =
        "SELECT "
            + merged(part)
            + sums
            + " FROM ("
            + here
            + ") a FULL OUTER JOIN ("
            + there
            + ") b ON "
            + on;
    return "SELECT *, " + differs() + " AS differs FROM (" + joined + ")";
  }

  private String differs() {
    String allowed =
        "greatest("
            + declared.tolerance().toPlainString()
            + ", CASE WHEN typeof(here - there) = 'DOUBLE' THEN "
            + ROUNDING
            + " ELSE 0 END)";
    return "(here <> there AND NOT abs(CAST(here - there AS DOUBLE)) <= "
        + allowed
        + " * abs(CAST(there AS DOUBLE)))";
  }

  private static String grouped(TableCheck.EqualTotals.Total part, String column, String from) {
    String group = part.by().isEmpty() ? "" : " GROUP BY ALL";
    return "SELECT " + keys(part, "this.") + "sum(this." + column + ") AS total" + from + group;
  }

  private static String merged(TableCheck.EqualTotals.Total part) {
    return part.by().stream()
        .map(column ->
            "coalesce(a." + column.sql() + ", b." + column.sql() + ") AS " + column.sql() + ", ")
        .collect(Collectors.joining());
  }

  private static String keys(TableCheck.EqualTotals.Total part, String qualifier) {
    return part.by().stream()
        .map(column -> qualifier + column.sql() + ", ")
        .collect(Collectors.joining());
  }
}
