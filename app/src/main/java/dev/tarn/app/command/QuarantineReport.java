package dev.tarn.app.command;

import dev.tarn.app.run.Moved;
import dev.tarn.app.run.Quarantined;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.app.terminal.ValueText;
import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.Rows;
import dev.tarn.vocabulary.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is in a table's quarantine, and what became of what was, as people and programs read it.
record QuarantineReport(Quarantined quarantined, Optional<Readmission> readmission) {
  private static final int CELL = 40;

  void show(Console console) {
    readmission.ifPresent(done -> readmitted(done, console));
    if (quarantined.rows() == 0) {
      console.line(
          console.paint(Paint.GREEN, "✓ ")
              + "no row of "
              + quarantined.table()
              + " is in quarantine; it has "
              + quarantined.kept());
    } else {
      reasons(console);
    }
    console.document(document());
  }

  private void readmitted(Readmission done, Console console) {
    if (done.summary().state() != RunState.SUCCEEDED) {
      console.line(
          console.paint(Paint.RED, "✗ ")
              + "nothing was published  (run "
              + done.summary().run()
              + ")\n"
              + done.summary().reason());
      return;
    }
    long gained = quarantined.kept() - done.kept();
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + "of "
            + done.held()
            + " quarantined rows "
            + quarantined.rows()
            + " are quarantined now, and "
            + quarantined.table()
            + " has "
            + (gained >= 0 ? gained + " rows more" : -gained + " rows less")
            + ": "
            + done.why()
            + "  (run "
            + done.summary().run()
            + ")");
    moved(done, console);
  }

  private static void moved(Readmission done, Console console) {
    if (done.moved().isEmpty()) {
      return;
    }
    TextTable text =
        new TextTable(
            List.of("moved", "rows", "then", "added", "removed", "changed", "sums"),
            new boolean[] {false, true, true, true, true, true, false},
            200);
    done.moved()
        .forEach(one ->
            text.row(
                one.table().toString(),
                Long.toString(one.rowsBefore()),
                Long.toString(one.rowsAfter()),
                Long.toString(one.counts().added()),
                Long.toString(one.counts().removed()),
                Long.toString(one.counts().changed()),
                String.join(", ", one.figures().stream().map(QuarantineReport::text).toList())));
    console.line(text.text(console).stripTrailing());
  }

  private static String text(Moved.Figure figure) {
    return figure.column()
        + " "
        + ValueText.shown(figure.before())
        + " → "
        + ValueText.shown(figure.after());
  }

  private void reasons(Console console) {
    console.line(
        quarantined.rows()
            + (quarantined.rows() == 1 ? " row of " : " rows of ")
            + quarantined.table()
            + (quarantined.rows() == 1 ? " is" : " are")
            + " in quarantine; "
            + quarantined.kept()
            + " passed");
    TextTable text =
        new TextTable(
            List.of("check", "rows", "since", "says"),
            new boolean[] {false, true, false, false},
            80);
    quarantined
        .reasons()
        .forEach(reason ->
            text.row(
                reason.name(),
                Long.toString(reason.rows()),
                reason.since(),
                reason.check() + (reason.declared() ? "" : " (no longer declared)")));
    console.line(text.text(console).stripTrailing());
    quarantined.reasons().forEach(reason -> samples(reason, console));
  }

  private static void samples(Quarantined.Reason reason, Console console) {
    Rows rows = reason.samples();
    if (rows.rows().isEmpty()) {
      return;
    }
    boolean[] numeric = new boolean[rows.columns().size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = ValueText.isNumeric(rows.columns().get(i).type());
    }
    TextTable text =
        new TextTable(rows.columns().stream().map(EngineColumn::name).toList(), numeric, CELL);
    rows.rows().forEach(row -> text.row(row.stream().map(ValueText::shown).toList()));
    console.line("\n" + console.paint(Paint.YELLOW, reason.name()));
    console.line(text.text(console).stripTrailing());
  }

  private Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(
        "ok", readmission.filter(done -> done.summary().state() != RunState.SUCCEEDED).isEmpty());
    document.put("table", quarantined.table().toString());
    document.put("rows", quarantined.kept());
    document.put("quarantined", quarantined.rows());
    document.put("checks", quarantined.reasons().stream().map(QuarantineReport::document).toList());
    document.put("readmit", readmission.map(QuarantineReport::document).orElse(null));
    return document;
  }

  private static Map<String, Object> document(Quarantined.Reason reason) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", reason.name());
    values.put("check", reason.check());
    values.put("declared", reason.declared());
    values.put("rows", reason.rows());
    values.put("since", reason.since());
    values.put("samples", objects(reason.samples()));
    return values;
  }

  private static List<Map<String, @Nullable Object>> objects(Rows rows) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<@Nullable Object> row : rows.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(rows.columns().get(i).name(), row.get(i));
      }
      objects.add(object);
    }
    return objects;
  }

  private static Map<String, @Nullable Object> document(Readmission done) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("run", done.summary().run().toString());
    values.put("state", done.summary().state().text());
    values.put("why", done.why());
    values.put("reason", done.summary().reason());
    values.put("rows_before", done.kept());
    values.put("quarantined_before", done.held());
    values.put("moved", done.moved().stream().map(QuarantineReport::document).toList());
    return values;
  }

  private static Map<String, Object> document(Moved moved) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", moved.table().toString());
    values.put("rows_before", moved.rowsBefore());
    values.put("rows", moved.rowsAfter());
    values.put("added", moved.counts().added());
    values.put("removed", moved.counts().removed());
    values.put("changed", moved.counts().changed());
    values.put("figures", moved.figures().stream().map(QuarantineReport::document).toList());
    return values;
  }

  private static Map<String, @Nullable Object> document(Moved.Figure figure) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("column", figure.column());
    values.put("before", figure.before());
    values.put("after", figure.after());
    return values;
  }
}
