package dev.tarn.bench.faults;

import dev.tarn.vocabulary.Consumed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Holds a run's calls against the rule that makes power cuts harmless: when the database is told
/// the name of a file, the file and all folders on the way to it are on disk.
final class SyncOrder {
  private static final long NEVER = -1;

  private final List<Shim.Call> calls;
  private final Map<Path, Long> written = new HashMap<>();
  private final Map<Path, Long> synced = new HashMap<>();
  private final Map<Path, Long> made = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private int files;

  private SyncOrder(List<Shim.Call> calls) {
    this.calls = calls;
  }

  /// What a run of the project did wrong.
  ///
  /// @param log what the shim wrote down
  static SyncOrder of(Path project, Path log) {
    SyncOrder order = new SyncOrder(Shim.calls(log));
    TreeMap<Long, String> told = order.told(Shim.wal(log));
    try (OpenLake lake = OpenLake.of(project)) {
      List<Path> named = new ArrayList<>();
      lake.store()
          .read(read -> read.files().all())
          .forEach(file -> named.add(Path.of(file.path())));
      for (var table : lake.lake().tables()) {
        for (Consumed consumed : lake.lake().consumed(table)) {
          String hash = consumed.version();
          Path raw =
              lake.lake()
                  .raw()
                  .resolve(hash.substring(0, 2))
                  .resolve(hash.substring(2, 4))
                  .resolve(hash);
          if (Files.exists(raw)) {
            named.add(raw);
          }
        }
      }
      named.forEach(file -> order.judge(file, told));
    }
    return order;
  }

  int files() {
    return files;
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  /// What was written to the write-ahead log, by the line of the log of calls.
  private TreeMap<Long, String> told(Path wal) {
    Map<Long, Long> lines = new HashMap<>();
    for (int line = 0; line < calls.size(); line++) {
      lines.put(calls.get(line).number(), (long) line);
    }
    TreeMap<Long, String> told = new TreeMap<>();
    try {
      String bytes = new String(Files.readAllBytes(wal), StandardCharsets.ISO_8859_1);
      int at = 0;
      while (at < bytes.length()) {
        int end = bytes.indexOf('\n', at);
        String[] head = bytes.substring(at + 1, end).split(" ", 2);
        int length = Integer.parseInt(head[1]);
        told.put(
            lines.getOrDefault(Long.parseLong(head[0]), NEVER),
            bytes.substring(end + 1, end + 1 + length));
        at = end + 1 + length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return told;
  }

  private void judge(Path file, TreeMap<Long, String> told) {
    String name = file.getFileName().toString();
    long commit =
        told.entrySet().stream()
            .filter(write -> write.getValue().contains(name))
            .mapToLong(Map.Entry::getKey)
            .findFirst()
            .orElse(NEVER);
    if (commit == NEVER) {
      return;
    }
    files++;
    replay(commit);
    if (!written.containsKey(file)) {
      // Written before this run: another run's matter.
      return;
    }
    if (synced.getOrDefault(file, NEVER) < written.get(file)) {
      violations.add(file + " was named before it was synced");
    }
    Path child = file;
    Path folder = file.getParent();
    while (folder != null && made.containsKey(child)) {
      if (synced.getOrDefault(folder, NEVER) < made.get(child)) {
        violations.add(file + " was named before the folder " + folder + " was synced");
      }
      child = folder;
      folder = folder.getParent();
    }
  }

  /// The state of the disk when the call at that line begins.
  private void replay(long until) {
    written.clear();
    synced.clear();
    made.clear();
    for (int line = 0; line < until; line++) {
      Shim.Call call = calls.get(line);
      long now = line;
      switch (call.name()) {
        case "write", "truncate" -> written.put(call.path(), now);
        case "fsync" -> {
          if (call.result() == 0) {
            synced.put(call.path(), now);
          }
        }
        case "open", "mkdir" -> {
          if (call.result() >= 0) {
            made.putIfAbsent(call.path(), now);
          }
        }
        case "rename" -> move(call, now);
        default -> {
          // Removals take nothing away that a pointer names, or the content would not be right.
        }
      }
    }
  }

  private void move(Shim.Call call, long now) {
    written.put(call.path(), written.getOrDefault(call.from(), NEVER));
    synced.put(call.path(), synced.getOrDefault(call.from(), NEVER));
    made.put(call.path(), now);
  }
}
