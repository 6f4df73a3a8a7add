package dev.tarn.observe;

import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Timings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;

/// Keeps what happened in each run as lines of text, one file a run. Losing a log never stops a
/// run.
public final class RunLogFiles implements Events {
  private final Path folder;
  private final InstantSource clock;

  /// @param folder where the logs are; made when first needed
  public RunLogFiles(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public synchronized void tell(Event event) {
    String text = clock.instant() + " " + line(event).replace("\n", "\n    ") + "\n";
    try {
      Files.createDirectories(folder);
      Files.writeString(
          file(event.run()),
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException _) {
      // A full disk or a read-only folder must not fail the run itself; the metadata database has
      // its outcome.
    }
  }

  /// The lines of a run, oldest first.
  public List<String> read(RunId run) {
    Path file = file(run);
    if (!Files.exists(file)) {
      throw Failure.input("there is no log of run " + run, "tarn runs lists the runs");
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(RunId run) {
    return folder.resolve(run + ".log");
  }

  private static String line(Event event) {
    return switch (event) {
      case Event.RunStarted run -> "run " + run.run() + " began with " + run.steps() + " steps";
      case Event.RunEnded run ->
          "run "
              + run.state().text()
              + " after "
              + Timings.text(run.took())
              + ", "
              + run.published()
              + " tables published";
      case Event.StepStarted step ->
          step.table() + " began" + (step.attempt() > 1 ? ", attempt " + step.attempt() : "");
      case Event.StepProgress step ->
          step.table() + " " + step.done() + " of " + step.total() + " " + step.unit();
      case Event.StepEnded step ->
          step.table()
              + " "
              + step.state().text()
              + " after "
              + Timings.text(step.took())
              + ", "
              + step.rows()
              + " rows"
              + step.reason().map(reason -> ": " + reason).orElse("");
      case Event.CheckJudged check ->
          check.result().table()
              + " check "
              + (check.result().passed() ? "passed" : "FAILED")
              + ": "
              + check.result().check()
              + " ("
              + check.result().failures()
              + " of "
              + check.result().rows()
              + ", "
              + check.result().onFail()
              + ")";
      case Event.Warned warned -> warned.table() + " warning: " + warned.text();
    };
  }
}
