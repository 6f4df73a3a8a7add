package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.quality.Profile;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is in a table.
public final class ProfileCommand implements Command {
  private static final int CELL = 32;
  private static final int COMMON = 3;

  private final Profiling profiling;

  public ProfileCommand(Opener opener) {
    this.profiling = new Profiling(opener);
  }

  @Override
  public Usage usage() {
    return new Usage(
        "profile",
        "Shows what is in a table: per column NULLs, distinct values, range, common values",
        "TABLE",
        1,
        1,
        List.of(),
        """
        Reads every row. The number of distinct values and the quantiles (in --json) are close estimates, the rest is exact.
        `looks like` is the type that a column of text could be cast to, and how much of it.\
        """,
        List.of("tarn profile bronze.orders", "tarn profile silver.orders --json | jq .columns"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    TableName table = TableName.parse(invocation.words().getFirst());
    return profiling.of(invocation, table, (_, profile) -> show(invocation.console(), profile));
  }

  private static void show(Console console, Profile profile) {
    TextTable text =
        new TextTable(
            List.of("column", "type", "nulls", "distinct", "min", "max", "looks like", "common"),
            new boolean[] {false, false, true, true, false, false, false, false},
            console.terminalOut() ? CELL : 200);
    profile.columns().forEach(column -> text.row(cells(column)));
    console.line(profile.table() + ": " + profile.rows() + " rows");
    console.line(text.text(console).stripTrailing());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("table", profile.table().toString());
    document.put("rows", profile.rows());
    document.put("columns", profile.columns().stream().map(ProfileCommand::document).toList());
    console.document(document);
  }

  private static List<String> cells(Profile.OfColumn column) {
    return List.of(
        column.column().name(),
        column.column().type().sql(),
        Long.toString(column.nulls()),
        Long.toString(column.distinct()),
        column.min().orElse(""),
        column.max().orElse(""),
        column.looksLike().map(ProfileCommand::shown).orElse(""),
        column.top().stream()
            .limit(COMMON)
            .map(top -> top.value() + " (" + top.rows() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static String shown(Profile.Likeness like) {
    return like.matching() == like.judged()
        ? like.type().sql()
        // Cut, not rounded: what is not all must not be shown as 100 %.
        : String.format(
            Locale.ROOT, "%s (%.1f %%)", like.type().sql(), Math.floor(1000 * like.share()) / 10);
  }

  private static Map<String, @Nullable Object> document(Profile.OfColumn column) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", column.column().name());
    values.put("type", column.column().type().sql());
    values.put("nulls", column.nulls());
    values.put("distinct", column.distinct());
    values.put("min", column.min());
    values.put("max", column.max());
    values.put("mean", column.mean().isPresent() ? column.mean().getAsDouble() : null);
    values.put("quantiles", column.quantiles());
    values.put(
        "top",
        column.top().stream()
            .map(top -> Map.of("value", top.value(), "rows", top.rows()))
            .toList());
    values.put("lengths", column.lengths().map(ProfileCommand::document));
    values.put("looks_like", column.looksLike().map(ProfileCommand::document));
    return values;
  }

  private static Map<String, Object> document(Profile.Lengths lengths) {
    return Map.of("min", lengths.min(), "max", lengths.max(), "mean", lengths.mean());
  }

  private static Map<String, Object> document(Profile.Likeness like) {
    return Map.of("type", like.type().sql(), "matching", like.matching(), "judged", like.judged());
  }
}
