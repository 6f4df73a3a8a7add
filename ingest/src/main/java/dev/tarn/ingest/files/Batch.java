package dev.tarn.ingest.files;

import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.SourceSettings;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Files that the engine reads together, as SQL.
final class Batch {
  private final List<Prepared> files;
  private final List<Target> targets = new ArrayList<>();
  private final String numbered;
  private final String stamp;

  /// One column of the table: what it is made of.
  ///
  /// @param value the converted value, where [#numbered] has computed it or as it is computed
  private record Target(
      String name, Optional<String> read, Conversion conversion, String value, String type) {

    Optional<String> fits() {
      return conversion.fit().map(fit -> fit.of(value));
    }

    /// Whether the value is wanted twice, and had better be computed once.
    boolean early() {
      return !value.equals(conversion.value());
    }
  }

  Batch(
      List<Prepared> files,
      List<Column> read,
      Plan plan,
      Planning planning,
      SourceSettings settings,
      CsvOptions options,
      List<Instant> came,
      RunId run) {
    this.files = List.copyOf(files);
    boolean byPlace = files.getFirst().reading() instanceof Reading.Csv;
    List<Reading.Typed> typed = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      typed.add(new Reading.Typed(byPlace ? "c" + i : read.get(i).name(), read.get(i).type()));
    }
    String prefix = free(typed);
    for (Column column : plan.columns()) {
      int index = index(read, planning, column.name());
      boolean required =
          settings.contract().byName(column.name()).filter(ContractColumn::required).isPresent();
      Optional<String> value =
          index < 0 ? Optional.empty() : Optional.of(Identifiers.quote(typed.get(index).name()));
      Conversion conversion =
          value.isEmpty()
              ? Conversion.nothing(column.type())
              : Conversion.of(value.get(), read.get(index).type(), column.type(), options);
      Conversion whole = required ? conversion.required() : conversion;
      boolean plain = value.filter(whole.value()::equals).isPresent();
      String computed =
          plain || whole.fit().isEmpty()
              ? whole.value()
              : Identifiers.quote(prefix + targets.size());
      targets.add(new Target(column.name(), value, whole, computed, column.type().sql()));
    }
    this.numbered = numbered(typed);
    this.stamp =
        ", "
            + time(came)
            + " AS \"_ingested_at\", "
            + Identifiers.literal(run.value())
            + " AS \"_run\"";
  }

  /// When the files came in, by file.
  private static String time(List<Instant> came) {
    List<String> times =
        came.stream().map(at -> "TIMESTAMPTZ " + Identifiers.literal(at.toString())).toList();
    return times.stream().distinct().count() == 1
        ? times.getFirst()
        : times.stream().collect(Collectors.joining(", ", "[", "][\"_file\" + 1]"));
  }

  private static int index(List<Column> read, Planning planning, String name) {
    for (int i = 0; i < read.size(); i++) {
      if (planning.tableName(read.get(i).name()).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  List<Prepared> files() {
    return files;
  }

  long rows() {
    return files.stream().mapToLong(Prepared::rows).sum();
  }

  /// What no column's name begins with.
  private static String free(List<Reading.Typed> typed) {
    String prefix = "_as";
    while (taken(prefix, typed)) {
      prefix = "_" + prefix;
    }
    return prefix;
  }

  private static boolean taken(String prefix, List<Reading.Typed> typed) {
    return typed.stream()
        .anyMatch(column -> column.name().toLowerCase(Locale.ROOT).startsWith(prefix));
  }

  /// Rows are numbered through all files as they are read, one after the other; what stood in the
  /// files before is known and taken off. The engine does not divide this among threads, so the
  /// order is sure. Values are converted below that: the engine would put a condition on them below
  /// the conversion, and convert twice.
  private String numbered(List<Reading.Typed> typed) {
    String relation =
        files.getFirst().reading().relation(files.stream().map(Prepared::readable).toList(), typed);
    boolean parquet = files.getFirst().reading() instanceof Reading.Parquet;
    List<String> read = new ArrayList<>();
    typed.forEach(column -> read.add(Identifiers.quote(column.name())));
    List<String> passed = new ArrayList<>(read);
    targets.stream()
        .filter(Target::early)
        .forEach(target -> {
          read.add(target.conversion().value() + " AS " + target.value());
          passed.add(target.value());
        });
    read.add("file_index");
    if (parquet) {
      read.add("file_row_number");
    }
    String position =
        parquet ? "file_row_number + 1" : "row_number() OVER () - " + chosen(before());
    passed.add("CAST(file_index AS BIGINT) AS \"_file\"");
    passed.add("CAST(" + position + " AS BIGINT) AS \"_position\"");
    return "SELECT "
        + String.join(", ", passed)
        + " FROM (SELECT "
        + String.join(", ", read)
        + " FROM "
        + relation
        + ")";
  }

  private List<String> before() {
    List<String> before = new ArrayList<>();
    long rows = 0;
    for (Prepared file : files) {
      before.add(String.valueOf(rows));
      rows += file.rows();
    }
    return before;
  }

  private static String chosen(List<String> values) {
    return values.size() == 1
        ? values.getFirst()
        : "[" + String.join(", ", values) + "][CAST(file_index AS BIGINT) + 1]";
  }

  /// The rows that fit, as the table has them.
  String goodRows() {
    List<String> labels = files.stream().map(file -> Identifiers.literal(file.label())).toList();
    String source =
        labels.size() == 1
            ? labels.getFirst()
            : "[" + String.join(", ", labels) + "][\"_file\" + 1]";
    String values =
        targets.stream()
            .map(target -> target.value() + " AS " + Identifiers.quote(target.name()) + ", ")
            .collect(Collectors.joining());
    String where = checks().isEmpty() ? "" : " WHERE " + String.join(" AND ", checks());
    return "SELECT "
        + values
        + source
        + " AS \"_source\", \"_position\""
        + stamp
        + " FROM ("
        + numbered
        + ")"
        + where;
  }

  /// Whether rows may fail to fit.
  boolean isChecked() {
    return !checks().isEmpty();
  }

  private List<String> checks() {
    return targets.stream().flatMap(target -> target.fits().stream()).toList();
  }

  /// The rows that don't fit: file, position, column, value and type.
  String badRows() {
    StringBuilder column = new StringBuilder("CASE");
    StringBuilder value = new StringBuilder("CASE");
    StringBuilder type = new StringBuilder("CASE");
    for (Target target : targets) {
      if (target.fits().isPresent()) {
        String misfit = " WHEN NOT (" + target.fits().get() + ") THEN ";
        column.append(misfit).append(Identifiers.literal(target.name()));
        value
            .append(misfit)
            .append(
                target
                    .read()
                    .map(read -> "left(CAST(" + read + " AS VARCHAR), 200)")
                    .orElse("NULL"));
        type.append(misfit).append(Identifiers.literal(target.type()));
      }
    }
    return "SELECT \"_file\", \"_position\", "
        + column
        + " END, "
        + value
        + " END, "
        + type
        + " END FROM ("
        + numbered
        + ") WHERE NOT ("
        + String.join(" AND ", checks())
        + ")";
  }
}
