package dev.tarn.bench.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// Lets writes fail as on a full or failing disk, at each call in turn, until the process ends;
/// then there is space again.
public final class DiskFull {
  private static final String CALLS = "write,open,mkdir,truncate";
  private static final Pattern FAULT_OF_OURS =
      Pattern.compile("fault in Tarn|\\tat [a-z]+\\.|SIGSEGV|Exception in thread");

  private final Ground ground;
  private final Shim shim;
  private final Figures figures;
  private int went;

  DiskFull(Ground ground, Shim shim, Figures figures) {
    this.ground = ground;
    this.shim = shim;
    this.figures = figures;
  }

  /// Every `step`th write fails with "no space left", and all after it.
  Figures noSpace(long calls, long from, long step) {
    for (long at = from; at <= calls; at += step) {
      trial(
          shim.breaking(folder(), CALLS, at, Shim.Does.DISK_FULL, true),
          "no space from call " + at + " on");
    }
    figures.note("runs that succeeded all the same " + went);
    return figures;
  }

  /// Every `step`th fsync fails with an I/O error, once.
  Figures failedSyncs(long calls, long from, long step) {
    for (long at = from; at <= calls; at += step) {
      trial(shim.breaking(folder(), "fsync", at, Shim.Does.IO_ERROR, false), "EIO at fsync " + at);
    }
    figures.note("runs that succeeded all the same " + went);
    return figures;
  }

  private Path folder() {
    return OpenLake.folder(ground.project());
  }

  private void trial(Map<String, String> environment, String when) {
    ground.reset();
    Tarn.Answer answer = ground.start(environment).end();
    judge(answer, when);
    ground.look(figures, when);
    ground.settle(figures, when);
  }

  /// A typed error and a status of 1 or 2. A run that says it succeeded is held to it.
  void judge(Tarn.Answer answer, String when) {
    figures.trial();
    if (answer.status() == 0) {
      went++;
      ground.judgeDone(figures, when + ", which was said to have succeeded");
    } else if (answer.status() > 2 || FAULT_OF_OURS.matcher(answer.said()).find()) {
      figures.unreadable(
          when + ": no proper error, but status " + answer.status() + ": " + answer.said());
    }
  }
}
