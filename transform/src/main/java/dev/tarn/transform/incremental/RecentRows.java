package dev.tarn.transform.incremental;

import dev.tarn.sql.change.Kept;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.transform.Lookback;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The rows that are new enough to be computed again, in a table and in what its query gives now.
/// How new that is follows from the newest row that the table has, so that after a time without
/// runs nothing in between is missed; rows of times still to come do not count.
final class RecentRows {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final EngineBench bench;
  private final Lookback lookback;
  private final Schema schema;
  private final Instant now;

  RecentRows(EngineBench bench, Lookback lookback, Schema schema, Instant now) {
    this.bench = bench;
    this.lookback = lookback;
    this.schema = schema;
    this.now = now;
  }

  /// The bound as text; empty when the table has no row to count from.
  Optional<String> since(TableName rows) {
    String newest =
        "max(%1$s) FILTER (%1$s <= CAST(%2$s AS %3$s))"
            .formatted(column(), Identifiers.literal(MICROS.format(now) + zone()), type().sql());
    String bound =
        "date_trunc(%s, CAST(%s AS %s) - to_microseconds(%d))"
            .formatted(
                Identifiers.literal(lookback.unit()),
                newest,
                zoned() ? "TIMESTAMPTZ" : "TIMESTAMP",
                lookback.span().toMillis() * 1000);
    return bench.text(
        "SELECT CAST(CAST(" + bound + " AS " + type().sql() + ") AS VARCHAR) FROM " + rows.sql());
  }

  /// What goes and comes: all that is new enough. Rows without a time are always.
  ///
  /// @param sql the query, which gives the table's columns in their order
  /// @param held what reads rows that were kept out of the table
  QueryChange.ByRow change(
      Optional<String> since, TableName rows, Optional<TableName> held, String sql) {
    String where =
        since
            .map(bound ->
                " WHERE (%1$s >= CAST(%2$s AS %3$s) OR %1$s IS NULL)"
                    .formatted(column(), Identifiers.literal(bound), type().sql()))
            .orElse("");
    String columns =
        String.join(
            ", ", schema.columns().stream().map(one -> Identifiers.quote(one.name())).toList());
    String there = "SELECT " + columns + " FROM ";
    Kept come = bench.keep("SELECT * FROM (\n" + sql + "\n) AS made" + where);
    Kept gone =
        bench.keep(
            there
                + rows.sql()
                + where
                + held.map(name -> " UNION ALL " + there + name.sql() + where).orElse(""));
    return new QueryChange.ByRow(List.of(gone), List.of(come));
  }

  private String column() {
    return Identifiers.quote(lookback.time());
  }

  private Type type() {
    return Objects.requireNonNull(schema.column(lookback.time()).orElseThrow().type());
  }

  private boolean zoned() {
    return type().equals(Type.Primitive.TIMESTAMPTZ);
  }

  private String zone() {
    return zoned() ? "+00" : "";
  }
}
