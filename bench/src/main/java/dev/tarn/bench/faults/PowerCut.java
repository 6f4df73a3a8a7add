package dev.tarn.bench.faults;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Takes the power from a file system: it keeps what has been synced and forgets the rest. An ext4
/// in a file is told to stop at once without writing its journal; then it is mounted again.
@SuppressWarnings("restricted")
public final class PowerCut implements AutoCloseable {
  private static final int EXT4_SHUTDOWN = 0x8004587d;
  private static final int WITHOUT_JOURNAL = 2;
  private static final double MOST = 1.05;

  private final Path image;
  private final Path folder;

  private PowerCut(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /// Why power cuts can't be tried here; empty when they can.
  public static String hindrance(Path scratch) {
    try (PowerCut cut = make(scratch)) {
      Files.writeString(cut.folder.resolve("a"), "b");
      cut.cut();
      cut.restore();
      return "";
    } catch (IOException | RuntimeException e) {
      return "needs Linux, root and loop mounts: " + e.getMessage();
    }
  }

  /// A new, empty file system, mounted.
  static PowerCut make(Path scratch) throws IOException {
    Files.createDirectories(scratch);
    Path image = scratch.resolve("disk.img");
    Path folder = Files.createDirectories(scratch.resolve("disk"));
    command("truncate", "-s", "400M", image.toString());
    command("mkfs.ext4", "-q", "-F", image.toString());
    PowerCut cut = new PowerCut(image, folder);
    cut.mount();
    return cut;
  }

  Path folder() {
    return folder;
  }

  private void mount() {
    command("mount", "-o", "loop", image.toString(), folder.toString());
  }

  /// The power is gone.
  @SuppressWarnings("restricted") // There is no way to the call but through native code.
  void cut() {
    Linker linker = Linker.nativeLinker();
    MethodHandle open =
        linker.downcallHandle(
            linker.defaultLookup().find("open").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle ioctl =
        linker.downcallHandle(
            linker.defaultLookup().find("ioctl").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().find("close").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) open.invokeExact(arena.allocateFrom(folder.toString()), 0);
      MemorySegment how = arena.allocate(ValueLayout.JAVA_INT);
      how.set(ValueLayout.JAVA_INT, 0, WITHOUT_JOURNAL);
      int result = (int) ioctl.invokeExact(file, EXT4_SHUTDOWN & 0xffffffffL, how);
      int closed = (int) close.invokeExact(file);
      if (result != 0 || closed != 0) {
        throw new IllegalStateException("the file system can't be shut down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Throwable e) {
      throw new IllegalStateException("the file system can't be shut down", e);
    }
  }

  /// The power is back.
  void restore() {
    command("umount", folder.toString());
    mount();
  }

  static void command(String... words) {
    try {
      Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": " + said);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    command("umount", folder.toString());
  }

  /// Cuts the power so many times: in half of the trials at a random instant of a run, in the
  /// others right after a run has said that it succeeded.
  static Figures trials(Ground ground, PowerCut power, int count, long seed, Figures figures)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int acknowledged = 0;
    for (int trial = 1; trial <= count; trial++) {
      String when = "power cut " + trial;
      ground.reset();
      command("sync", "-f", ground.project().toString());
      Victim victim = ground.start(Map.of());
      if (random.nextBoolean()) {
        victim.live(Long.MAX_VALUE);
      } else {
        victim.live((long) (random.nextDouble() * MOST * ground.nanos()));
      }
      boolean ended = !victim.lives();
      power.cut();
      Tarn.Answer answer = killed(victim);
      power.restore();
      figures.trial();
      if (ended && answer.status() == 0) {
        acknowledged++;
        ground.judgeDone(figures, when + ", after it was said to have succeeded");
      } else {
        ground.look(figures, when);
      }
      ground.settle(figures, when);
      ground.scrub(figures, when);
    }
    figures.note("after an acknowledged run " + acknowledged);
    return figures;
  }

  private static Tarn.Answer killed(Victim victim) throws InterruptedException {
    if (victim.lives()) {
      victim.kill();
      return new Tarn.Answer(137, "");
    }
    return victim.end();
  }
}
