package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.lake.ScrubReport;
import dev.tarn.vocabulary.ByteSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads every file and compares it with its checksum.
public final class ScrubCommand implements Command {
  private final Opener opener;

  public ScrubCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "scrub",
        "Reads every file of the lake and compares it with its checksum",
        "",
        0,
        0,
        List.of(),
        "Names each file that is missing, shorter or changed, and the table it belongs to. Exit status 1 when there is one.",
        List.of("tarn scrub"),
        "");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    return opener.with(
        invocation,
        opened -> {
          ScrubReport report = opened.lake().scrub();
          Console console = invocation.console();
          boolean well = report.damaged().isEmpty();
          console.line(
              console.paint(well ? Paint.GREEN : Paint.RED, well ? "✓ " : "✗ ") + text(report));
          Map<String, Object> document = new LinkedHashMap<>();
          document.put("ok", well);
          document.put("files", report.files());
          document.put("bytes", report.bytes());
          document.put("unverified", report.unverified());
          document.put("damaged", report.damaged().stream().map(ScrubCommand::document).toList());
          console.document(document);
          return well ? WELL : FAILED;
        });
  }

  private static Map<String, Object> document(ScrubReport.Damage damage) {
    return Map.of("path", damage.path(), "table", damage.owner(), "what", damage.what());
  }

  /// What was found, damaged files one a line.
  static String text(ScrubReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.files())
        .append(" files read (")
        .append(new ByteSize(report.bytes()))
        .append("), ");
    text.append(report.damaged().size()).append(" damaged");
    if (report.unverified() > 0) {
      text.append(", ").append(report.unverified()).append(" without a recorded checksum");
    }
    report
        .damaged()
        .forEach(damage ->
            text.append("\n  ")
                .append(damage.owner())
                .append("  ")
                .append(damage.path())
                .append(": ")
                .append(damage.what()));
    return text.toString();
  }
}
