package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.WriteTarget;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds values that no table can hold in what COPY says about the files it wrote, so that looking
/// for them costs nothing.
final class FileCheck {
  private final WriteTarget target;
  private final Set<Problem> problems = new LinkedHashSet<>();

  FileCheck(WriteTarget target) {
    this.target = target;
  }

  static void check(WriteTarget target, List<CopiedFile> files) {
    FileCheck check = new FileCheck(target);
    for (CopiedFile file : files) {
      for (FieldNode column : target.columns()) {
        check.column(column, "", column.name(), file.statistics(), 0);
      }
    }
    if (!check.problems.isEmpty()) {
      throw new Failure(Remedy.FIX_DATA, List.copyOf(check.problems));
    }
  }

  /// @param parentNulls how many rows have no such part because what it is in is NULL; -1 when that
  ///   can't be told
  private void column(
      FieldNode field,
      String parent,
      String shown,
      Map<String, Map<String, String>> all,
      long parentNulls) {
    String path = parent + Identifiers.quote(field.name());
    Map<String, String> figures = all.getOrDefault(path, Map.of());
    long nulls = Long.parseLong(figures.getOrDefault("null_count", "0"));
    if (field.required() && parentNulls >= 0 && nulls > parentNulls) {
      problem(
          shown,
          "is required but NULL in some rows",
          "filter these rows, fill them with coalesce(), or let the column be optional");
    }
    unstorable(field.type(), shown, figures);
    boolean struct = field.type() instanceof Type.Struct;
    for (FieldNode child : field.children()) {
      column(
          child,
          path + ".",
          shown + "." + child.name(),
          all,
          struct && parentNulls >= 0 ? nulls : -1);
    }
  }

  private void unstorable(Type type, String shown, Map<String, String> figures) {
    String extremes = figures.getOrDefault("min", "") + " " + figures.getOrDefault("max", "");
    boolean time = type == Primitive.TIME;
    boolean date =
        type == Primitive.DATE
            || type == Primitive.TIMESTAMP
            || type == Primitive.TIMESTAMPTZ
            || type == Primitive.TIMESTAMP_NS
            || type == Primitive.TIMESTAMPTZ_NS;
    if (date && extremes.contains("infinity")) {
      problem(
          shown,
          "has an infinite " + type.sql().toLowerCase(java.util.Locale.ROOT),
          "turn it into NULL, as in nullif(" + shown + ", 'infinity')");
    }
    if (time && extremes.contains("24:00:00")) {
      problem(
          shown,
          "has the time 24:00:00",
          "no table can hold it: turn it into 00:00:00 of the next day, or keep it as text");
    }
  }

  private void problem(String column, String what, String fix) {
    problems.add(Problem.of("column '" + column + "' of " + target.table() + " " + what, fix));
  }
}
