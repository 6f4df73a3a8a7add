package dev.tarn.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Measures wall time and the processor time of this whole process, native threads included.
public final class ProcessMeter {

  private static final double NANOS = 1e9;

  private final long wallNanos = System.nanoTime();
  private final long cpuNanos = cpu();

  private ProcessMeter() {}

  /// What something took.
  public record Taken(double wallSeconds, double cpuSeconds) {
    Taken plus(Taken other) {
      return new Taken(wallSeconds + other.wallSeconds, cpuSeconds + other.cpuSeconds);
    }
  }

  public static ProcessMeter start() {
    return new ProcessMeter();
  }

  public Taken stop() {
    return new Taken((System.nanoTime() - wallNanos) / NANOS, (cpu() - cpuNanos) / NANOS);
  }

  /// The most memory this process ever held at once.
  public static long peakMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kilobytes -> kilobytes / 1024)
          .findFirst()
          .orElse(0);
    }
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
