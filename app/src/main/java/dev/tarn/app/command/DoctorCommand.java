package dev.tarn.app.command;

import dev.tarn.app.project.Project;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Rebuilt;
import dev.tarn.lake.ScrubReport;
import dev.tarn.lake.Sweep;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Looks whether everything is in order, and repairs what can be repaired.
public final class DoctorCommand implements Command {
  private static final long LITTLE_DISK = 1_000_000_000;

  private final Opener opener;

  public DoctorCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "doctor",
        "Looks whether machine, metadata database and lake are in order",
        "",
        0,
        0,
        List.of(
            Option.flag(
                "--scrub", "also read every file and compare it with its checksum (as tarn scrub)"),
            Option.flag(
                "--repair",
                "find tables again that the metadata database lost, and remove orphans older than a day")),
        """
        After a lost metadata database, move the damaged file away and run tarn doctor --repair: tables are registered again from
        the newest whole metadata file of each.\
        """,
        List.of("tarn doctor", "tarn doctor --scrub", "tarn doctor --repair"),
        "");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    problems.throwIfAny();
    List<Finding> findings = new ArrayList<>();
    try (Opened opened = opener.open(project, problems)) {
      findings.add(look("metadata database", () -> database(opened)));
      findings.add(look("disk", () -> disk(project.lake().warehouse())));
      findings.add(look("engine", () -> engine(opened)));
      if (invocation.has("--repair")) {
        findings.add(look("repair", () -> repair(opened)));
      }
      findings.add(look("tables", () -> tables(opened)));
      if (invocation.has("--scrub")) {
        findings.add(look("files", () -> scrub(opened)));
      }
    } catch (Failure failure) {
      findings.add(new Finding("metadata database", false, failure.getMessage()));
      findings.add(look("disk", () -> disk(project.lake().warehouse())));
    }
    return show(invocation.console(), findings);
  }

  /// What was looked at and what was seen.
  private record Finding(String what, boolean well, String seen) {}

  private static Finding look(String what, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (Failure failure) {
      return new Finding(what, false, failure.getMessage());
    }
  }

  private static Finding database(Opened opened) {
    List<Problem> problems = opened.store().verify();
    String seen =
        problems.isEmpty()
            ? opened.store().location() + " is whole"
            : String.join("\n", problems.stream().map(Problem::toString).toList());
    return new Finding("metadata database", problems.isEmpty(), seen);
  }

  private static Finding disk(Path warehouse) {
    try {
      Files.createDirectories(warehouse);
      long free = Files.getFileStore(warehouse).getUsableSpace();
      if (!Files.isWritable(warehouse)) {
        return new Finding(
            "disk", false, warehouse + " can't be written\nlet the user that runs Tarn write it");
      }
      String little = free > LITTLE_DISK ? "" : "\nthat is little: make room, or move the lake";
      return new Finding(
          "disk", little.isEmpty(), warehouse + " has " + new ByteSize(free) + " free" + little);
    } catch (IOException e) {
      return new Finding("disk", false, warehouse + " can't be made or written: " + e);
    }
  }

  private static Finding engine(Opened opened) {
    try (EngineSession session = opened.engine().open();
        EngineConnection connection = session.connect()) {
      String version =
          String.valueOf(connection.query("SELECT version()", 1).rows().getFirst().getFirst());
      return new Finding(
          "engine",
          true,
          opened.engine().name()
              + " "
              + version
              + ", memory "
              + opened.project().work().memory()
              + ", "
              + opened.project().work().threads()
              + " threads");
    }
  }

  private static Finding tables(Opened opened) {
    int count = 0;
    for (var table : opened.lake().tables()) {
      opened.lake().find(table).ifPresent(found -> found.scan());
      count++;
    }
    return new Finding("tables", true, count + " tables can be read and planned");
  }

  private static Finding scrub(Opened opened) {
    ScrubReport report = opened.lake().scrub();
    return new Finding("files", report.damaged().isEmpty(), ScrubCommand.text(report));
  }

  private static Finding repair(Opened opened) {
    Rebuilt rebuilt = opened.lake().rebuild();
    Sweep sweep = opened.lake().sweepOrphans(Duration.ofDays(1));
    String skipped = rebuilt.skipped().isEmpty() ? "" : "\n" + String.join("\n", rebuilt.skipped());
    return new Finding(
        "repair",
        true,
        rebuilt.tables().size()
            + " tables found again, "
            + sweep.files()
            + " orphans removed ("
            + new ByteSize(sweep.bytes())
            + ")"
            + skipped);
  }

  private static int show(Console console, List<Finding> findings) {
    for (Finding finding : findings) {
      String mark =
          finding.well() ? console.paint(Paint.GREEN, "✓ ") : console.paint(Paint.RED, "✗ ");
      console.line(mark + finding.what() + "  " + finding.seen().replace("\n", "\n    "));
    }
    boolean well = findings.stream().allMatch(Finding::well);
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("what", finding.what());
      values.put("well", finding.well());
      values.put("seen", finding.seen());
      documents.add(values);
    }
    console.document(Map.of("ok", well, "findings", documents));
    return well ? WELL : FAILED;
  }
}
