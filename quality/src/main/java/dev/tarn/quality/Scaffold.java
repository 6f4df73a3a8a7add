package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Proposes a typed silver model from the profile of a bronze table: SQL with its settings in the
/// leading comment, for a person to go on from.
public final class Scaffold {
  private static final Set<String> PROVENANCE =
      Set.of("_source", "_position", "_ingested_at", "_run");
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
  private static final Set<String> SQL_WORDS =
      Set.of(
          ("all analyse analyze and anti any array as asc asof asymmetric at authorization between bigint binary bit boolean"
                  + " both by case cast char character check coalesce collate collation column columns concurrently"
                  + " constraint create cross dec decimal default deferrable desc describe distinct do else end except"
                  + " exists extract false fetch float for foreign freeze from full generated glob group grouping"
                  + " grouping_id having ilike in initially inner inout int integer intersect interval into is isnull"
                  + " join lambda lateral leading left like limit map national natural nchar none not notnull null nullif"
                  + " numeric offset on only or order out outer overlaps overlay pivot pivot_longer pivot_wider placing"
                  + " position positional precision primary qualify real references returning right row select semi setof"
                  + " show similar smallint some struct substring summarize symmetric table tablesample then time"
                  + " timestamp to trailing treat trim true try_cast tuple union unique unpack unpivot using values"
                  + " varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists"
                  + " xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable")
              .split(" "));
  private static final double KEY_SHARE = 0.5;
  private static final int ACCEPTED_ROWS = 100;

  private final Profiler profiler;

  public Scaffold(Profiler profiler) {
    this.profiler = profiler;
  }

  /// The text of `models/silver/<name>.sql`.
  public String silver(Profile profile) {
    List<Profile.OfColumn> columns =
        profile.columns().stream()
            .filter(of -> !PROVENANCE.contains(of.column().name().toLowerCase(Locale.ROOT)))
            .toList();
    Optional<Profile.OfColumn> key = key(profile, columns);
    boolean repeats = key.isPresent() && !profiler.unique(profile.table(), key.get().column());
    StringBuilder text = new StringBuilder("/*\n");
    text.append("description: The rows of ").append(profile.table()).append(", typed");
    text.append(repeats ? ", the latest of each key.\n" : ".\n");
    key.ifPresent(of -> text.append("key: ").append(yaml(of.column().name())).append('\n'));
    checks(profile, columns, key).forEach(line -> text.append(line).append('\n'));
    text.append("*/\nSELECT\n");
    text.append(columns.stream().map(of -> "  " + selected(of)).collect(Collectors.joining(",\n")));
    text.append("\nFROM ").append(name(profile.table())).append('\n');
    if (repeats) {
      text.append(latest(profile, columns, key.get()));
    }
    return text.toString();
  }

  /// A column that tells rows apart: one by a key's name, else the first that never repeats.
  private Optional<Profile.OfColumn> key(Profile profile, List<Profile.OfColumn> columns) {
    String table = profile.table().name();
    String one = table.endsWith("s") ? table.substring(0, table.length() - 1) : table;
    List<Profile.OfColumn> whole =
        columns.stream().filter(of -> isKeyLike(of, profile.rows())).toList();
    Optional<Profile.OfColumn> named =
        whole.stream()
            .filter(of ->
                List.of("id", "key", "uuid", one + "_id", table + "_id", one + "id")
                    .contains(of.column().name().toLowerCase(Locale.ROOT)))
            .findFirst();
    return named.or(() ->
        whole.stream()
            .filter(of -> of.distinct() >= 0.9 * profile.rows())
            .filter(of -> profiler.unique(profile.table(), of.column()))
            .findFirst());
  }

  private static boolean isKeyLike(Profile.OfColumn of, long rows) {
    Type type = type(of);
    boolean exact =
        type == Type.Primitive.BIGINT
            || type == Type.Primitive.INTEGER
            || type == Type.Primitive.VARCHAR
            || type == Type.Primitive.UUID;
    return exact
        && rows > 0
        && of.nulls() == 0
        && complete(of)
        && of.distinct() >= KEY_SHARE * rows
        && of.lengths().map(lengths -> lengths.min() > 0 && lengths.max() <= 100).orElse(true);
  }

  private static Type type(Profile.OfColumn of) {
    return of.looksLike().map(Profile.Likeness::type).orElse(of.column().type());
  }

  /// Whether every value can be cast.
  private static boolean complete(Profile.OfColumn of) {
    return of.looksLike().map(like -> like.matching() == like.judged()).orElse(true);
  }

  private static List<String> checks(
      Profile profile, List<Profile.OfColumn> columns, Optional<Profile.OfColumn> key) {
    List<String> lines = new ArrayList<>();
    key.ifPresent(of -> lines.add("  - unique: " + yaml(of.column().name())));
    List<String> never =
        columns.stream()
            .filter(of -> neverNull(of, profile.rows()))
            .map(of -> yaml(of.column().name()))
            .toList();
    if (!never.isEmpty()) {
      lines.add("  - not_null: [" + String.join(", ", never) + "]");
    }
    for (Profile.OfColumn of : columns) {
      accepted(of, profile.rows()).ifPresent(lines::add);
      range(of).ifPresent(lines::add);
    }
    if (!lines.isEmpty()) {
      lines.addFirst("checks:");
    }
    return lines;
  }

  private static boolean neverNull(Profile.OfColumn of, long rows) {
    boolean filled = of.lengths().map(lengths -> lengths.min() > 0).orElse(true);
    boolean judged = of.looksLike().map(like -> like.judged() == rows).orElse(true);
    return rows > 0 && of.nulls() == 0 && complete(of) && filled && judged;
  }

  /// Few values that make up the whole column.
  private static Optional<String> accepted(Profile.OfColumn of, long rows) {
    long counted = of.top().stream().mapToLong(Profile.Top::rows).sum();
    boolean few =
        of.top().size() > 1
            && of.top().size() <= 10
            && counted == rows - of.nulls()
            && rows >= ACCEPTED_ROWS;
    boolean short_ =
        of.lengths().map(lengths -> lengths.min() > 0 && lengths.max() <= 30).orElse(false);
    if (!few
        || !short_
        || of.looksLike().isPresent()
        || of.top().stream().anyMatch(top -> !top.value().equals(top.value().strip()))) {
      return Optional.empty();
    }
    String values =
        of.top().stream().map(top -> yaml(top.value())).sorted().collect(Collectors.joining(", "));
    return Optional.of(
        "  - {accepted: {" + yaml(of.column().name()) + ": [" + values + "]}, on_fail: warn}");
  }

  private static Optional<String> range(Profile.OfColumn of) {
    String name = of.column().name().toLowerCase(Locale.ROOT);
    boolean quantity = name.matches(".*(amount|price|quantity|qty|count|total|cost|weight|age).*");
    boolean number = TypeFamily.of(type(of)) == TypeFamily.NUMBER;
    boolean negative = of.min().map(min -> min.strip().startsWith("-")).orElse(true);
    return quantity && number && !negative
        ? Optional.of("  - {range: {" + yaml(of.column().name()) + ": {min: 0}}, on_fail: warn}")
        : Optional.empty();
  }

  private static String selected(Profile.OfColumn of) {
    String name = sql(of.column().name());
    if (of.column().type() != Type.Primitive.VARCHAR) {
      return name;
    }
    String trimmed = "trim(" + name + ")";
    if (of.looksLike().isEmpty()) {
      return "nullif(" + trimmed + ", '') AS " + name;
    }
    Profile.Likeness like = of.looksLike().get();
    long lost = like.judged() - like.matching();
    String note =
        lost == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " /* %d of %d values are not %s and become NULL */",
                lost,
                like.judged(),
                like.type().sql());
    return like.cast().formatted(trimmed) + " AS " + name + note;
  }

  private static String latest(
      Profile profile, List<Profile.OfColumn> columns, Profile.OfColumn key) {
    List<String> order = new ArrayList<>();
    columns.stream()
        .filter(of ->
            of.column()
                .name()
                .toLowerCase(Locale.ROOT)
                .matches(".*(updated|modified|changed|version).*"))
        .filter(of -> TypeFamily.of(type(of)) != TypeFamily.TEXT)
        .findFirst()
        .ifPresent(of -> order.add(value(of) + " DESC NULLS LAST"));
    for (String provenance : List.of("_ingested_at", "_position")) {
      if (profile.column(provenance).isPresent()) {
        order.add(provenance + " DESC");
      }
    }
    String by = order.isEmpty() ? value(key) : String.join(", ", order);
    return "QUALIFY row_number() OVER (PARTITION BY " + value(key) + " ORDER BY " + by + ") = 1\n";
  }

  /// A column of the bronze table as its typed value, without an alias.
  private static String value(Profile.OfColumn of) {
    String name = profileName(of.column());
    return of.looksLike().map(like -> like.cast().formatted("trim(" + name + ")")).orElse(name);
  }

  private static String profileName(Column column) {
    return "t." + sql(column.name());
  }

  private static String name(TableName table) {
    return sql(table.layer()) + "." + sql(table.name()) + " AS t";
  }

  /// Quoted where it is not surely a plain name.
  private static String sql(String name) {
    boolean plain = name.matches("[a-z][a-z0-9_]*") && !SQL_WORDS.contains(name);
    return plain ? name : Identifiers.quote(name);
  }

  private static String yaml(String value) {
    boolean plain =
        value.matches("[A-Za-z_][A-Za-z0-9_ -]*[A-Za-z0-9_]")
            && !YAML_WORDS.contains(value.toLowerCase(Locale.ROOT));
    // The end of a comment must not stand inside one.
    String quoted =
        "\""
            + value
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("*/", "*\\/")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
            + "\"";
    return plain ? value : quoted;
  }
}
