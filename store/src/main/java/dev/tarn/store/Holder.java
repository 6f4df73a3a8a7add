package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Who holds the right to run, in words for those who wait.
record Holder(long pid, String host, Instant since, Optional<RunId> run) {

  /// This process. The name of the machine is asked of the kernel, because a name server may take
  /// seconds.
  static Holder here(InstantSource clock) {
    return new Holder(
        ProcessHandle.current().pid(), nameOfMachine(), clock.instant(), Optional.empty());
  }

  Holder holdingFor(RunId newRun) {
    return new Holder(pid, host, since, Optional.of(newRun));
  }

  String text() {
    String where = host.isEmpty() ? "" : " on " + host;
    return run.map(id -> "run " + id).orElse("a run")
        + ", process "
        + pid
        + where
        + ", since "
        + since.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String nameOfMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return Optional.ofNullable(System.getenv("COMPUTERNAME")).orElse("");
    }
  }
}
