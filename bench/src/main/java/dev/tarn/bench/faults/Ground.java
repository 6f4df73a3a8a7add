package dev.tarn.bench.faults;

import dev.tarn.app.run.MaintainSummary;
import dev.tarn.app.run.RunSummary;
import dev.tarn.vocabulary.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// A project before something is done to it, as it is set up again for every trial, and what an
/// undisturbed deed makes of it.
///
/// @param tarn how to run it
/// @param project where it is worked on; always the same place, for a lake's files are named in
///   full
/// @param template a copy of it as it was before the deed
/// @param nanos how long the undisturbed deed took
public record Ground(Tarn tarn, Path project, Path template, Deed deed, States states, long nanos) {
  private static final int OWN_PROCESS = 8;

  static Ground shop(Tarn tarn, Path scratch, double scale, boolean again) {
    return new Grounds(tarn, scratch, Sample.shop(scale)).run(again);
  }

  static Ground small(Tarn tarn, Path scratch, boolean again) {
    return new Grounds(tarn, scratch, Sample.small()).run(again);
  }

  /// What must be there once all faults are over.
  Content expected() {
    return states.expected();
  }

  /// Sets the project up again as it was before the deed.
  void reset() {
    Scratch.remove(project);
    Scratch.copy(template, project);
  }

  /// Begins the deed.
  Victim start(Map<String, String> environment) {
    return tarn.start(project, environment, deed.words().split(" "));
  }

  /// After all faults are over: what is done afterwards must succeed and leave what undisturbed
  /// runs left, and nothing else. One of eight is a process of its own as well; the others are
  /// spared its start.
  void settle(Figures figures, String when) {
    settle(figures, when, () -> {});
  }

  /// @param also what else is to be judged
  void settle(Figures figures, String when, Runnable also) {
    Evidence evidence = Evidence.of(project);
    judgeAfterwards(figures, when);
    also.run();
    evidence.keepIfWrong(figures);
  }

  private void judgeAfterwards(Figures figures, String when) {
    for (String command : deed.afterwards()) {
      boolean alone = figures.trials() % OWN_PROCESS == 0;
      String trouble = alone ? doneAlone(command) : doneHere(command);
      if (!trouble.isEmpty()) {
        figures.unreadable(when + ": the " + command + " afterwards failed: " + trouble);
        return;
      }
    }
    judge(figures, when);
    if (!deed.isRun()) {
      scrub(figures, when);
    }
  }

  private String doneAlone(String command) {
    Tarn.Answer answer = tarn.run(project, command.split(" "));
    return answer.status() == 0 ? "" : answer.status() + " " + answer.said();
  }

  private String doneHere(String command) {
    try {
      return switch (command) {
        case "run" -> trouble(OwnRun.of(project).run());
        case "maintain" -> trouble(OwnRun.of(project).maintain());
        default -> doneAlone(command);
      };
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private static String trouble(RunSummary summary) {
    return summary.state() == RunState.SUCCEEDED ? "" : summary.state() + " " + summary.reason();
  }

  private static String trouble(MaintainSummary summary) {
    return summary.well() ? "" : summary.toString();
  }

  /// What is there must be what undisturbed runs left, and nothing else.
  void judge(Figures figures, String when) {
    judge(states.expected(), figures, when);
  }

  /// As [#judge], right after a deed that was said to have succeeded.
  void judgeDone(Figures figures, String when) {
    judge(states.after(), figures, when);
  }

  private void judge(Content right, Figures figures, String when) {
    try (OpenLake lake = OpenLake.of(project)) {
      figures.compare(Content.of(lake), right, when);
      figures.orphansLeft(lake.orphans(), when);
    } catch (RuntimeException e) {
      figures.unreadable(when + ": " + e.getMessage());
    }
  }

  /// Every file must be as it was written.
  void scrub(Figures figures, String when) {
    try (OpenLake lake = OpenLake.of(project)) {
      lake.lake()
          .scrub()
          .damaged()
          .forEach(damage -> figures.unreadable(when + ": the scrub finds " + damage));
    }
  }

  /// Looks at the lake right after a fault: all that is published together must be what it was
  /// before the deed or what it is after it.
  void look(Figures figures, String when) {
    if (!Files.exists(OpenLake.database(project))) {
      return;
    }
    try (OpenLake lake = OpenLake.of(project)) {
      figures.orphans(lake.orphans());
      Set<String> halves = states.halves(Content.of(lake), deed.whole());
      if (!halves.isEmpty()) {
        figures.halfRun(when + ": readers see half of a change in " + halves);
      }
    } catch (RuntimeException e) {
      figures.unreadable(when + ": " + e.getMessage());
    }
  }
}
