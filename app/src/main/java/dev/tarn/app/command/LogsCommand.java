package dev.tarn.app.command;

import dev.tarn.app.project.Project;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Plain;
import dev.tarn.observe.RunLogFiles;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import java.util.List;
import java.util.Map;

/// The log of a run.
public final class LogsCommand implements Command {
  private final Opener opener;

  public LogsCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "logs",
        "Shows the log of a run",
        "ID",
        1,
        1,
        List.of(),
        "Logs are text files in .tarn/logs, one per run.",
        List.of("tarn logs 01JD8Z4X0000000000000000AB"),
        "runs");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    RunId run = new RunId(invocation.words().getFirst());
    List<String> lines =
        new RunLogFiles(
                project.folder().resolve(".tarn/logs"), opener.process().surroundings().clock())
            .read(run);
    Console console = invocation.console();
    lines.forEach(line -> console.line(Plain.line(line)));
    console.document(Map.of("ok", true, "run", run.toString(), "lines", lines));
    return WELL;
  }
}
