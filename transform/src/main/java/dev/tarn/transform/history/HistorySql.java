package dev.tarn.transform.history;

import static java.util.stream.Collectors.joining;

import dev.tarn.transform.Deletes;
import dev.tarn.transform.HistorySettings;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements that put rows into a history. Each reads what earlier ones kept; [HistoryRefresh]
/// tells in which order and why.
final class HistorySql {
  /// Where a row of the history is; below zero for versions that are not there yet.
  static final String ROW = "__tarn_row";

  static final String AT = "__tarn_at";
  static final String FROM = "__tarn_from";
  static final String TO = "__tarn_to";

  /// Whether a version was the current one.
  static final String ENDED = "__tarn_ended";

  /// What `valid_to` is before the change.
  private static final String WAS = "__tarn_was";

  /// When rows of a key were found missing.
  private static final String END = "__tarn_end";

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final List<String> key;
  private final List<Column> own;
  private final Schema query;
  private final List<String> compared;
  private final Optional<String> updatedAt;
  private final HistorySettings settings;
  private final Type time;

  /// @param whole the columns of the history
  /// @param query those of the query
  HistorySql(Schema whole, Schema query, List<String> key, HistorySettings settings) {
    this.key = key;
    this.settings = settings;
    this.updatedAt = settings.updatedAt();
    this.query = query;
    this.own =
        whole.columns().stream()
            .filter(
                column -> !HistorySettings.TIMES.contains(column.name().toLowerCase(Locale.ROOT)))
            .toList();
    this.time = whole.column(HistorySettings.FROM).orElseThrow().type();
    Set<String> apart =
        Stream.concat(key.stream(), updatedAt.stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    this.compared =
        settings.compare().isEmpty()
            ? query.names().stream()
                .filter(name -> !apart.contains(name.toLowerCase(Locale.ROOT)))
                .toList()
            : settings.compare();
  }

  /// Whether versions have times of their own.
  boolean timed() {
    return updatedAt.isPresent();
  }

  List<String> key() {
    return key;
  }

  /// A time as the history has them.
  String at(Instant instant) {
    String zone = time.equals(Type.Primitive.TIMESTAMPTZ) ? "+00" : "";
    return time.sql() + " " + Identifiers.literal(MICROS.format(instant) + zone);
  }

  /// What the query gives, with the history's columns and types.
  String come(String sql) {
    String casts =
        own.stream()
            .map(column ->
                "CAST(%s AS %s) AS %s"
                    .formatted(
                        query.column(column.name()).isPresent()
                            ? Identifiers.quote(column.name())
                            : "NULL",
                        column.type().sql(),
                        Identifiers.quote(column.name())))
            .collect(joining(", "));
    String rows = "SELECT " + casts + " FROM (\n" + sql + "\n) AS made";
    String at = updatedAt.map(name -> time(quoted("c", name))).orElse("NULL::" + time.sql());
    return "SELECT c.*, " + at + " AS " + AT + " FROM (" + rows + ") AS c";
  }

  /// Only what is of these keys, or of none.
  ///
  /// @param rows a query in parentheses, or a name
  String ofKeys(String rows, String keys) {
    String same =
        key.stream()
            .map(name -> quoted("c", name) + " IS NOT DISTINCT FROM " + quoted("k", name))
            .collect(joining(" AND "));
    return "SELECT c.* FROM " + rows + " AS c SEMI JOIN " + keys + " AS k ON " + same;
  }

  private String time(String value) {
    return "CAST(" + value + " AS " + time.sql() + ")";
  }

  /// Rows that the history does not have as they are: of their time, or where they have none, as
  /// what is current.
  String unlike(String come, String there) {
    String known =
        timed() ? "c." + AT + " = " + knownAt("h") : "h." + HistorySettings.TO + " IS NULL";
    return "SELECT DISTINCT c.* FROM %s AS c ANTI JOIN %s AS h ON %s AND %s AND %s"
        .formatted(come, there, sameKey("c", "h"), known, same("c", "h"));
  }

  /// Rows of times that the history does not know of their keys.
  String fresh(String unlike, String there) {
    return timed()
        ? "SELECT c.* FROM %s AS c ANTI JOIN %s AS h ON %s AND c.%s = %s"
            .formatted(unlike, there, sameKey("c", "h"), AT, knownAt("h"))
        : "SELECT c.* FROM " + unlike + " AS c LIMIT 0";
  }

  /// When a version began by its own account; versions of before there was an `updated_at` began
  /// when they were seen.
  private String knownAt(String alias) {
    String from = quoted(alias, HistorySettings.FROM);
    return updatedAt
        .map(name -> "coalesce(" + time(quoted(alias, name)) + ", " + from + ")")
        .orElse(from);
  }

  String keysOf(String rows) {
    return "SELECT DISTINCT " + keys("c") + " FROM " + rows + " AS c";
  }

  /// All versions of the keys that fresh rows are of, each until the next begins or its row was
  /// found missing.
  String placed(String fresh, String touched, String there) {
    String all =
        "there AS (SELECT %s, h.%s AS %s, h.%s AS %s, h.%s FROM %s AS h SEMI JOIN %s AS t ON %s)"
            .formatted(
                columns("h"),
                HistorySettings.FROM,
                FROM,
                HistorySettings.TO,
                WAS,
                ROW,
                there,
                touched,
                sameKey("h", "t"));
    String begun = "begun AS (SELECT DISTINCT " + keys("h") + ", h." + FROM + " FROM there AS h)";
    String marked =
        "marked AS (SELECT h.*, CASE WHEN b.%1$s IS NULL THEN h.%2$s END AS %3$s FROM there AS h LEFT JOIN begun AS b ON %4$s AND b.%1$s = h.%2$s)"
            .formatted(FROM, WAS, END, sameKey("h", "b"));
    String both =
        "both_of_them AS (SELECT * FROM marked UNION ALL SELECT %s, c.%s, NULL, -row_number() OVER (), NULL FROM %s AS c)"
            .formatted(columns("c"), AT, fresh);
    return "WITH %s,\n%s,\n%s,\n%s,\n%s\n%s"
        .formatted(
            all,
            begun,
            marked,
            both,
            settings.compare().isEmpty() ? "kept AS (FROM both_of_them)" : changesOnly(),
            ended());
  }

  private static final String ORDERED =
      " ORDER BY v." + FROM + ", v." + WAS + " NULLS LAST, v." + ROW + " < 0, v." + ROW;

  /// Leaves out fresh rows that change no compared column of the version before them.
  private String changesOnly() {
    String window = "OVER (PARTITION BY " + keys("v") + ORDERED;
    String before =
        "SELECT v.*, lag(%s) %s) AS __tarn_before, lag(v.%s) %s) AS __tarn_since, max(v.%s) %s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS __tarn_gone FROM both_of_them AS v"
            .formatted(content("v"), window, FROM, window, END, window);
    String gap = "__tarn_gone > __tarn_since AND __tarn_gone <= " + FROM;
    return "kept AS (SELECT * EXCLUDE (__tarn_before, __tarn_since, __tarn_gone) FROM (%s) AS v WHERE NOT (%s < 0 AND __tarn_since IS NOT NULL AND __tarn_before IS NOT DISTINCT FROM %s AND NOT coalesce(%s, false)))"
        .formatted(before, ROW, content("v"), gap);
  }

  private String content(String alias) {
    return compared.stream()
        .map(name -> Identifiers.literal(name) + ": " + quoted(alias, name))
        .collect(joining(", ", "{", "}"));
  }

  private String ended() {
    String window = "OVER (PARTITION BY " + keys("v") + ORDERED;
    return "SELECT v.* EXCLUDE (%1$s), least(lead(v.%2$s) %3$s), CASE WHEN max(v.%1$s) %3$s ROWS UNBOUNDED PRECEDING) > v.%2$s THEN max(v.%1$s) %3$s ROWS UNBOUNDED PRECEDING) END) AS %4$s FROM kept AS v"
        .formatted(END, FROM, window, TO);
  }

  /// The keys whose current version may be another: those of rows that the history does not have,
  /// and those that have no current version though the query gives them.
  String moved(String come, String unlike, String placed, String there) {
    String back =
        "SELECT %s FROM %s AS c ANTI JOIN (SELECT * FROM %s WHERE %s IS NULL) AS h ON %s ANTI JOIN (SELECT * FROM %s WHERE %s IS NULL) AS v ON %s"
            .formatted(
                keys("c"),
                come,
                there,
                HistorySettings.TO,
                sameKey("c", "h"),
                placed,
                TO,
                sameKey("c", "v"));
    return "SELECT " + keys("c") + " FROM " + unlike + " AS c UNION " + back;
  }

  /// The current versions of these keys.
  String open(String moved, String placed, String touched, String there) {
    String untouched =
        "SELECT %s, h.%s AS %s, h.%s FROM (SELECT * FROM %s WHERE %s IS NULL) AS h SEMI JOIN %s AS m ON %s ANTI JOIN %s AS t ON %s"
            .formatted(
                columns("h"),
                HistorySettings.FROM,
                FROM,
                ROW,
                there,
                HistorySettings.TO,
                moved,
                sameKey("h", "m"),
                touched,
                sameKey("h", "t"));
    return untouched
        + " UNION ALL SELECT %s, v.%s, v.%s FROM %s AS v WHERE v.%s IS NULL"
            .formatted(columns("v"), FROM, ROW, placed, TO);
  }

  /// The newest row of each of these keys.
  String newest(String come, String moved) {
    return "SELECT c.* FROM %s AS c SEMI JOIN %s AS m ON %s QUALIFY row_number() OVER (PARTITION BY %s ORDER BY c.%s DESC) = 1"
        .formatted(come, moved, sameKey("c", "m"), keys("c"), AT);
  }

  /// Where the current versions are that the query gives no more.
  String missing(String come, String there) {
    return "SELECT h.%s FROM (SELECT * FROM %s WHERE %s IS NULL) AS h ANTI JOIN %s AS c ON %s%s"
        .formatted(
            ROW,
            there,
            HistorySettings.TO,
            come,
            sameKey("h", "c"),
            settings.deletes() == Deletes.CLOSE ? "" : " LIMIT 0");
  }

  /// Rows that are true now and that no current version says: what came back, and what changed
  /// without saying when. Their versions begin now.
  String turned(String newest, String open, String there, String now) {
    String last =
        "SELECT %s, max(h.%s) AS %s FROM %s AS h SEMI JOIN (SELECT c.* FROM %s AS c ANTI JOIN %s AS o ON %s) AS n ON %s GROUP BY ALL"
            .formatted(
                keys("h"),
                HistorySettings.TO,
                END,
                there,
                newest,
                open,
                sameKey("c", "o"),
                sameKey("h", "n"));
    String later =
        timed() ? "c." + AT + " >= coalesce(" + timedOf("o") + ", o." + FROM + ")" : "true";
    return "SELECT c.*, %s AS %s FROM %s AS c LEFT JOIN %s AS o ON %s LEFT JOIN (%s) AS l ON %s WHERE o.%s IS NULL OR (%s AND NOT (%s))"
        .formatted(
            after(now, "coalesce(o." + FROM + ", l." + END + ")"),
            FROM,
            newest,
            open,
            sameKey("c", "o"),
            last,
            sameKey("c", "l"),
            FROM,
            later,
            same("c", "o"));
  }

  private String timedOf(String alias) {
    return updatedAt.map(name -> time(quoted(alias, name))).orElse("NULL");
  }

  /// Now, or just after what was before if the clock says that this is still to come.
  private static String after(String now, String before) {
    return "CASE WHEN %2$s >= %1$s THEN %2$s + INTERVAL 1 MICROSECOND ELSE %1$s END"
        .formatted(now, before);
  }

  /// The current versions that end now.
  String closed(String open, String turned, String missing, String there, String now) {
    String followed =
        "SELECT o.*, n.%1$s AS %2$s FROM %3$s AS o JOIN %4$s AS n ON %5$s"
            .formatted(FROM, TO, open, turned, sameKey("o", "n"));
    return followed
        + " UNION ALL SELECT %s, h.%s, h.%s, %s FROM %s AS h SEMI JOIN %s AS m ON h.%s = m.%s"
            .formatted(
                columns("h"),
                HistorySettings.FROM,
                ROW,
                after(now, "h." + HistorySettings.FROM),
                there,
                missing,
                ROW,
                ROW);
  }

  /// What the history is to have otherwise: columns, number, when from and to, and whether it was
  /// open.
  String changes(String placed, String turned, String closed) {
    String put =
        "SELECT %1$s, v.%2$s, v.%3$s, coalesce(c.%4$s, v.%4$s) AS %4$s, v.%2$s >= 0 AND v.%5$s IS NULL AS %8$s FROM %6$s AS v LEFT JOIN %7$s AS c ON v.%2$s = c.%2$s WHERE v.%2$s < 0 OR coalesce(c.%4$s, v.%4$s) IS DISTINCT FROM v.%5$s"
            .formatted(columns("v"), ROW, FROM, TO, WAS, placed, closed, ENDED);
    String ended =
        "SELECT %1$s, c.%2$s, c.%3$s, c.%4$s, true FROM %5$s AS c ANTI JOIN %6$s AS v ON c.%2$s = v.%2$s"
            .formatted(columns("c"), ROW, FROM, TO, closed, placed);
    String begun =
        "SELECT %s, -1, n.%s, NULL, false FROM %s AS n".formatted(columns("n"), FROM, turned);
    return put + "\nUNION ALL " + ended + "\nUNION ALL " + begun;
  }

  /// How many rows are of times that the history knows otherwise, and that it does not take.
  String left(String unlike, String fresh, String turned) {
    return "SELECT count(*) FROM %1$s AS c ANTI JOIN %2$s AS f ON %3$s AND c.%4$s = f.%4$s ANTI JOIN %5$s AS n ON %6$s AND c.%4$s IS NOT DISTINCT FROM n.%4$s"
        .formatted(unlike, fresh, sameKey("c", "f"), AT, turned, sameKey("c", "n"));
  }

  /// The rows of the history that come.
  String added(String changes) {
    return "SELECT %s, c.%s AS %s, c.%s AS %s FROM %s AS c"
        .formatted(columns("c"), FROM, HistorySettings.FROM, TO, HistorySettings.TO, changes);
  }

  /// The rows of the history that stay as they are.
  String staying(String there, String changes) {
    return "SELECT h.* EXCLUDE (%1$s) FROM %2$s AS h ANTI JOIN %3$s AS c ON h.%1$s = c.%1$s"
        .formatted(ROW, there, changes);
  }

  /// The columns of the history but for its times.
  private String columns(String alias) {
    return own.stream().map(column -> quoted(alias, column.name())).collect(joining(", "));
  }

  private String keys(String alias) {
    return key.stream().map(name -> quoted(alias, name)).collect(joining(", "));
  }

  private String sameKey(String left, String right) {
    return key.stream()
        .map(name -> quoted(left, name) + " = " + quoted(right, name))
        .collect(joining(" AND "));
  }

  private String same(String left, String right) {
    return compared.isEmpty()
        ? "true"
        : compared.stream()
            .map(name -> quoted(left, name) + " IS NOT DISTINCT FROM " + quoted(right, name))
            .collect(joining(" AND "));
  }

  private static String quoted(String alias, String name) {
    return alias + "." + Identifiers.quote(name);
  }
}
