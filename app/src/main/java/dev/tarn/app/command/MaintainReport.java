package dev.tarn.app.command;

import dev.tarn.app.run.MaintainSummary;
import dev.tarn.app.run.Maintained;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.lake.Sweep;
import dev.tarn.lake.Upkept;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells what upkeep did, or would do.
final class MaintainReport {
  private final MaintainSummary summary;
  private final boolean dry;

  MaintainReport(MaintainSummary summary, boolean dry) {
    this.summary = summary;
    this.dry = dry;
  }

  void show(Console console) {
    TextTable table =
        TextTable.of("table", "files", "data", "manifests", "versions", "no longer needed");
    summary.tables().stream()
        .filter(one -> one.changed() || removed(one).files() > 0)
        .forEach(one -> row(table, one));
    if (!table.isEmpty()) {
      console.line(table.text(console));
    }
    for (Maintained one : summary.tables()) {
      if (!one.problem().isEmpty()) {
        String text = one.table() + "  " + one.problem().replace("\n", "\n    ");
        console.line(console.paint(Paint.RED, "✗ ") + text);
      }
    }
    others(console, "orphans", summary.orphans());
    others(console, "copies of source files", summary.raw());
    console.line(last(console));
    console.document(document());
  }

  private void row(TextTable table, Maintained one) {
    table.row(
        one.table().toString(),
        dry && one.rewritten() > 0
            ? one.before().files() + ", of which " + one.rewritten() + " are small"
            : change(one.before().files(), one.after().files()),
        new ByteSize(one.before().bytes()).equals(new ByteSize(one.after().bytes()))
            ? new ByteSize(one.after().bytes()).toString()
            : new ByteSize(one.before().bytes()) + " → " + new ByteSize(one.after().bytes()),
        dry && one.merged() > 0
            ? one.before().manifests() + ", of which " + one.merged() + " are small"
            : change(one.before().manifests(), one.after().manifests()),
        one.expired() == 0
            ? String.valueOf(one.after().snapshots())
            : one.after().snapshots()
                + (dry ? ", of which " : ", ")
                + one.expired()
                + " expire"
                + (dry ? "" : "d"),
        text(removed(one)));
  }

  private static String change(long before, long after) {
    return before == after ? String.valueOf(after) : before + " → " + after;
  }

  private static String text(Sweep sweep) {
    return sweep.files() == 0
        ? ""
        : sweep.files()
            + (sweep.files() == 1 ? " file, " : " files, ")
            + new ByteSize(sweep.bytes());
  }

  private Sweep removed(Maintained one) {
    return summary.spent().tables().getOrDefault(one.table(), Sweep.NOTHING);
  }

  private void others(Console console, String what, Sweep sweep) {
    if (sweep.files() > 0) {
      console.line(what + (dry ? " to remove: " : " removed: ") + text(sweep));
    }
  }

  private String last(Console console) {
    String took = Timings.text(summary.took());
    String run = summary.runs().isEmpty() ? "" : "  (run " + summary.runs().getLast() + ")";
    long changed = summary.tables().stream().filter(Maintained::changed).count();
    Sweep removed = summary.removed();
    if (summary.cancelled()) {
      return console.paint(Paint.RED, "✗ ")
          + "interrupted after "
          + took
          + "; what was done stays"
          + run;
    }
    String mark =
        summary.well() ? console.paint(Paint.GREEN, "✓ ") : console.paint(Paint.RED, "✗ ");
    if (changed == 0 && removed.files() == 0 && summary.well()) {
      return mark + "nothing to do for " + tables(summary.tables().size()) + " (" + took + ")";
    }
    return mark
        + tables(changed)
        + (dry ? " to tidy up, " : " tidied up, ")
        + (removed.files() == 0 ? "no file" : text(removed))
        + (dry ? " to remove" : " removed in " + took)
        + run;
  }

  private static String tables(long count) {
    return count == 1 ? "1 table" : count + " tables";
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", summary.well());
    document.put("dry_run", dry);
    document.put("cancelled", summary.cancelled());
    document.put("runs", summary.runs().stream().map(Object::toString).toList());
    document.put("seconds", summary.took().toMillis() / 1000.0);
    List<Map<String, Object>> tables = new ArrayList<>();
    summary.tables().forEach(one -> tables.add(document(one)));
    document.put("tables", tables);
    document.put("orphans", document(summary.orphans()));
    document.put("raw", document(summary.raw()));
    document.put("removed", document(summary.removed()));
    return document;
  }

  private Map<String, Object> document(Maintained one) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", one.table().toString());
    values.put("changed", one.changed());
    values.put("before", document(one.before()));
    values.put("after", document(one.after()));
    values.put("files_rewritten", one.rewritten());
    values.put("files_made", one.made());
    values.put("manifests_merged", one.merged());
    values.put("versions_expired", one.expired());
    values.put("removed", document(removed(one)));
    values.put("problem", one.problem());
    return values;
  }

  private static Map<String, Object> document(Upkept figures) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("files", figures.files());
    values.put("bytes", figures.bytes());
    values.put("manifests", figures.manifests());
    values.put("versions", figures.snapshots());
    return values;
  }

  private static Map<String, Object> document(Sweep sweep) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("files", sweep.files());
    values.put("bytes", sweep.bytes());
    return values;
  }
}
