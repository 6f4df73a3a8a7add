package dev.tarn.bench.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Kills a run at each of its calls that change files: before the call, right after it, or in the
/// middle of a write.
public final class KillAtCall {

  private final Ground ground;
  private final Shim shim;
  private final Figures figures;

  KillAtCall(Ground ground, Shim shim, Figures figures) {
    this.ground = ground;
    this.shim = shim;
    this.figures = figures;
  }

  /// Counts the calls of an undisturbed run.
  long count(String calls) {
    ground.reset();
    Path log = ground.project().resolveSibling("calls.log");
    try {
      Files.deleteIfExists(log);
      Files.deleteIfExists(Shim.wal(log));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ground.start(shim.listening(OpenLake.folder(ground.project()), log)).end().requireWell();
    return Shim.calls(log).stream()
        .filter(call -> calls.isEmpty() || ("," + calls + ",").contains("," + call.name() + ","))
        .count();
  }

  /// Every `step`th call, from the `from`th on.
  Figures sweep(String calls, Shim.Does does, long from, long step) {
    long all = count(calls);
    for (long at = from; at <= all; at += step) {
      trial(calls, does, at);
    }
    figures.note(
        "%s at %s: calls in a run %d, every %s one tried"
            .formatted(
                does,
                calls.isEmpty() ? "all calls" : calls,
                all,
                step == 1 ? "single" : step + "th"));
    return figures;
  }

  private void trial(String calls, Shim.Does does, long at) {
    String when = does + " at call " + at + " of " + calls;
    ground.reset();
    Map<String, String> environment =
        shim.breaking(OpenLake.folder(ground.project()), calls, at, does, false);
    Tarn.Answer answer = ground.start(environment).end();
    // Threads take turns, so that another run may have made fewer calls.
    if (answer.status() != 0) {
      figures.trial();
    }
    ground.look(figures, when);
    ground.settle(figures, when);
  }
}
