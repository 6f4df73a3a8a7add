package dev.tarn.app.command;

import dev.tarn.app.run.ModelProof.Proof;
import dev.tarn.transform.incremental.SampledProof.Report;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a proof came to, in words and as a document.
final class ProofText {

  private ProofText() {}

  static List<String> lines(Proof proof) {
    Report report = proof.report();
    List<String> lines = new ArrayList<>();
    String of = proof.tables().stream().map(TableName::toString).collect(Collectors.joining(", "));
    lines.add(
        "%s %s: %,d random changes of %s were followed%s"
            .formatted(
                report.different().isPresent() ? "✗" : "✓",
                proof.model(),
                report.followed(),
                of,
                report.followed() == 0 ? "" : ", each to what a recompute gives"));
    report
        .whole()
        .forEach(
            (why, times) -> lines.add("  %,d would compute all of it: %s".formatted(times, why)));
    if (report.open()) {
      lines.add(
          "  the query leaves open which rows it gives: the same rows in another order give others. Order by more columns");
    }
    report
        .different()
        .ifPresent(what ->
            lines.add(
                "  then a change was followed to another result: "
                    + what
                    + ". Write refresh: full in the model, and report this with the query"));
    return lines;
  }

  static Map<String, Object> document(Proof proof) {
    Report report = proof.report();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", proof.model().toString());
    document.put("tables", proof.tables().stream().map(TableName::toString).toList());
    document.put("followed", report.followed());
    document.put("whole", report.whole());
    document.put("open", report.open());
    document.put("different", report.different().orElse(null));
    return document;
  }
}
