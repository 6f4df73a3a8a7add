package dev.tarn.app.terminal;

import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import java.util.Map;
import java.util.TreeMap;

/// Shows how a run goes: a line per step that ended and, on a terminal, a bar for the whole with
/// what is under way.
public final class Progress implements Events {
  private static final int BAR = 24;

  private final Console console;
  private final Map<TableName, String> underWay = new TreeMap<>();
  private int steps;
  private int ended;
  private boolean barShown;

  public Progress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void tell(Event event) {
    if (console.json() || console.quiet()) {
      return;
    }
    switch (event) {
      case Event.RunStarted started -> steps = started.steps();
      case Event.StepStarted started -> underWay.put(started.table(), "");
      case Event.StepProgress progress -> underWay.put(progress.table(), share(progress));
      case Event.StepEnded step -> ended(step);
      case Event.CheckJudged judged -> judged(judged);
      case Event.Warned warned ->
          print(
              console.paint(Paint.YELLOW, "  ! ")
                  + warned.table()
                  + "  "
                  + Plain.lines(warned.text()));
      case Event.RunEnded _ -> clear();
    }
    if (!(event instanceof Event.RunEnded)) {
      draw();
    }
  }

  private static String share(Event.StepProgress progress) {
    return progress.total() <= 0
        ? " " + progress.done() + " " + progress.unit()
        : " " + 100 * progress.done() / progress.total() + "%";
  }

  private void ended(Event.StepEnded step) {
    underWay.remove(step.table());
    ended++;
    boolean idle =
        step.state() == StepState.SUCCEEDED && step.rows() == 0 && step.reason().isPresent();
    String tail = idle ? step.reason().orElse("") : detail(step);
    if (!(idle && tail.startsWith("nothing new"))) {
      print(
          mark(step.state())
              + step.table()
              + "  "
              + console.paint(Paint.FAINT, Plain.lines(tail).replace("\n", "\n      ")));
    }
  }

  private static String detail(Event.StepEnded step) {
    String rows = step.state() == StepState.SUCCEEDED ? step.rows() + " rows" : step.state().text();
    String reason =
        step.reason()
            .filter(_ -> step.state() != StepState.SUCCEEDED)
            .map(text -> "  " + text)
            .orElse("");
    return rows + " in " + Timings.text(step.took()) + reason;
  }

  private String mark(StepState state) {
    return switch (state) {
      case SUCCEEDED -> console.paint(Paint.GREEN, "  ✓ ");
      case FAILED, BLOCKED -> console.paint(Paint.RED, "  ✗ ");
      case SKIPPED, CANCELLED -> console.paint(Paint.FAINT, "  - ");
      case RUNNING -> "  … ";
    };
  }

  private void judged(Event.CheckJudged judged) {
    var result = judged.result();
    if (!result.passed()) {
      boolean blocks = result.onFail().equals("block");
      String mark = blocks ? console.paint(Paint.RED, "  ✗ ") : console.paint(Paint.YELLOW, "  ! ");
      String counts =
          result.rows() > 0 ? ": " + result.failures() + " of " + result.rows() + " rows" : "";
      print(
          mark
              + result.table()
              + "  "
              + Plain.line(result.check())
              + counts
              + " ("
              + result.onFail()
              + ")");
    }
  }

  private void print(String line) {
    clear();
    console.err().println(line);
  }

  private void clear() {
    if (barShown) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      barShown = false;
    }
  }

  private void draw() {
    if (!console.terminalErr() || steps == 0) {
      return;
    }
    int full = Math.min(BAR, BAR * ended / steps);
    StringBuilder names = new StringBuilder();
    underWay.forEach((table, share) -> names.append(' ').append(table).append(share));
    String line = "█".repeat(full) + "░".repeat(BAR - full) + " " + ended + "/" + steps + names;
    int room = Math.max(20, console.width() - 1);
    console
        .err()
        .print("\r\u001b[K" + (line.length() > room ? line.substring(0, room - 1) + "…" : line));
    console.err().flush();
    barShown = true;
  }
}
