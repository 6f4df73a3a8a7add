package dev.tarn.app.run;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out how far tables must be taken back, and refuses what can't be done whole.
public final class RollbackPlanner {
  static final String COMMAND = "rollback";

  private final Opened opened;

  public RollbackPlanner(Opened opened) {
    this.opened = opened;
  }

  /// Back to a version, or to the one before the run that made the current version; with the rows
  /// that were kept aside meanwhile.
  public List<Rewound> table(TableName name, Optional<AsOf> version) {
    LakeTable table = StoredTables.require(opened, name);
    List<SnapshotInfo> now = table.ancestry(new AsOf.Current());
    if (now.isEmpty()) {
      throw Failure.input(name + " has no version yet");
    }
    SnapshotInfo target =
        version.map(asOf -> named(table, asOf)).orElseGet(() -> before(name, now));
    Set<Long> kept =
        table.ancestry(new AsOf.Snapshot(target.id())).stream()
            .map(SnapshotInfo::id)
            .collect(Collectors.toSet());
    List<SnapshotInfo> undone = now.stream().filter(one -> !kept.contains(one.id())).toList();
    refuseGap(table, target, now, undone);
    List<Rewound> all = new ArrayList<>();
    all.add(rewound(name, now.getFirst(), Optional.of(target), runs(undone)));
    withAside(all);
    return all;
  }

  private static SnapshotInfo named(LakeTable table, AsOf asOf) {
    SnapshotInfo version = table.version(asOf);
    if (version.current()) {
      throw Failure.input(
          table.name() + " is at snapshot " + version.id() + " already",
          "tarn history " + table.name() + " lists its versions");
    }
    return version;
  }

  private static SnapshotInfo before(TableName name, List<SnapshotInfo> now) {
    int last = 0;
    while (last + 1 < now.size() && isUpkeep(now.get(last))) {
      last++;
    }
    Optional<RunId> run = now.get(last).run();
    int from = last + 1;
    while (from < now.size() && run.isPresent() && now.get(from).run().equals(run)) {
      from++;
    }
    if (from < now.size()) {
      return now.get(from);
    }
    throw now.getLast().parent().isPresent()
        ? expired(name, "the version before the current one")
        : Failure.input(
            name + " has no earlier version",
            run.map(one -> "tarn rollback " + one + " undoes the run that made it").orElse(""));
  }

  /// The same rows in other files.
  private static boolean isUpkeep(SnapshotInfo version) {
    return version.operation().equals("replace");
  }

  private static Failure expired(TableName name, String what) {
    return Failure.input(
        what + " of " + name + " is no longer kept",
        "tarn history " + name + " lists what is; a tag keeps a version for good");
  }

  /// What a source took goes back with its rows, a whole run at a time; forward it can't go.
  private void refuseGap(
      LakeTable table, SnapshotInfo target, List<SnapshotInfo> now, List<SnapshotInfo> undone) {
    boolean source =
        opened.project().sources().stream().anyMatch(one -> one.table().equals(table.name()))
            || !opened.lake().consumed(table.name()).isEmpty();
    if (!source) {
      return;
    }
    if (now.stream().noneMatch(one -> one.id() == target.id())) {
      throw Failure.input(
          "snapshot " + target.id() + " is no version that " + table.name() + " was made from",
          "a source's table only goes back: tarn run takes what is missing");
    }
    target
        .run()
        .filter(runs(undone)::contains)
        .ifPresent(run -> {
          throw Failure.input(
              "snapshot " + target.id() + " of " + table.name() + " is in the middle of run " + run,
              "name a version from before that run, or one that ends it");
        });
  }

  private static Set<RunId> runs(List<SnapshotInfo> snapshots) {
    return snapshots.stream().flatMap(one -> one.run().stream()).collect(Collectors.toSet());
  }

  /// Rows that these runs kept aside are not kept aside any more.
  private Optional<Rewound> aside(TableName name, Set<RunId> runs) {
    return opened
        .lake()
        .find(name)
        .map(this::effective)
        .flatMap(now -> {
          int earliest = earliest(now, runs);
          return earliest < 0
              ? Optional.empty()
              : Optional.of(back(name, now, earliest, runs(now.subList(0, earliest + 1))));
        });
  }

  private static int earliest(List<SnapshotInfo> now, Set<RunId> runs) {
    for (int i = now.size() - 1; i >= 0; i--) {
      if (now.get(i).run().filter(runs::contains).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  private Rewound back(TableName name, List<SnapshotInfo> now, int earliest, Set<RunId> runs) {
    if (earliest + 1 < now.size()) {
      return rewound(name, now.getFirst(), Optional.of(now.get(earliest + 1)), runs);
    }
    if (now.get(earliest).parent().isPresent()) {
      throw expired(name, "the version before snapshot " + now.get(earliest).id());
    }
    return rewound(name, now.getFirst(), Optional.empty(), runs);
  }

  private Rewound rewound(
      TableName name, SnapshotInfo from, Optional<SnapshotInfo> to, Set<RunId> runs) {
    List<Consumed> again =
        opened.store().read(transaction -> transaction.consumed().since(name, runs));
    List<Consumed> gone = again.stream().filter(this::isGone).toList();
    return new Rewound(name, from, to, runs, again, gone);
  }

  private boolean isGone(Consumed consumed) {
    return consumed.rows() > 0 && !Files.exists(opened.project().folder().resolve(consumed.item()));
  }

  /// All that a run published, back to before it.
  ///
  /// @param force whether what later runs published to the same tables is undone with it
  public List<Rewound> run(RunId run, boolean force) {
    if (isRollback(run)) {
      throw Failure.input(
          "run " + run + " is a rollback itself",
          "tarn run makes anew what it undid; tarn rollback TABLE SNAPSHOT goes to one version");
    }
    Set<RunId> runs = Merging.brought(opened.store(), run);
    Problems problems = new Problems();
    List<Rewound> all = new ArrayList<>();
    boolean undone = false;
    for (TableName name : opened.lake().tables()) {
      LakeTable table = StoredTables.require(opened, name);
      List<SnapshotInfo> now = effective(table);
      int earliest = earliest(now, runs);
      if (earliest < 0) {
        undone |=
            table.history().stream().anyMatch(one -> one.run().filter(runs::contains).isPresent());
      } else {
        refuseLater(name, run, runs, now.subList(0, earliest), force, problems);
        collect(() -> back(name, now, earliest, runs(now.subList(0, earliest + 1))), all, problems);
      }
    }
    problems.throwIfAny();
    if (all.isEmpty()) {
      throw nothing(run, undone);
    }
    withAside(all);
    all.sort(Comparator.comparing(Rewound::table));
    return all;
  }

  /// The versions that the current one was made from, but for those that a rollback left nothing
  /// of.
  private List<SnapshotInfo> effective(LakeTable table) {
    List<SnapshotInfo> now = table.ancestry(new AsOf.Current());
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).rows() == 0 && now.get(i).run().filter(this::isRollback).isPresent()) {
        return now.subList(0, i + 1);
      }
    }
    return now;
  }

  private boolean isRollback(RunId run) {
    return opened
        .store()
        .read(transaction -> transaction.runs().find(run))
        .filter(record -> record.command().startsWith(COMMAND + " "))
        .isPresent();
  }

  /// What later runs kept aside of tables that go back over them.
  private void withAside(List<Rewound> all) {
    for (Rewound main : List.copyOf(all)) {
      for (TableName aside : List.of(main.table().rejected(), main.table().quarantine())) {
        if (all.stream().noneMatch(one -> one.table().equals(aside))) {
          aside(aside, allRuns(main)).ifPresent(all::add);
        }
      }
    }
  }

  private static Set<RunId> allRuns(Rewound main) {
    Set<RunId> runs = new HashSet<>(main.runs());
    main.again().forEach(one -> runs.add(one.run()));
    return runs;
  }

  private static void collect(
      java.util.function.Supplier<Rewound> work, List<Rewound> all, Problems problems) {
    try {
      all.add(work.get());
    } catch (Failure failure) {
      problems.addAll(failure.problems());
    }
  }

  private static void refuseLater(
      TableName name,
      RunId run,
      Set<RunId> runs,
      List<SnapshotInfo> later,
      boolean force,
      Problems problems) {
    later.stream()
        .filter(one -> one.run().filter(runs::contains).isEmpty() && !isUpkeep(one))
        .findFirst()
        .filter(_ -> !force)
        .ifPresent(one ->
            problems.add(
                Problem.of(
                    name
                        + " was changed after run "
                        + run
                        + ": by "
                        + one.run().map(other -> "run " + other).orElse("another program")
                        + " at "
                        + one.at(),
                    one.run().map(other -> "first tarn rollback " + other + "; or").orElse("")
                        + " --force undoes that too")));
  }

  private Failure nothing(RunId run, boolean undone) {
    Optional<RunRecord> record = opened.store().read(transaction -> transaction.runs().find(run));
    if (undone) {
      return Failure.input(
          "run " + run + " was rolled back already", "tarn history TABLE lists what there is");
    }
    if (record.isEmpty()) {
      return Failure.input("there is no run " + run, "tarn runs lists them");
    }
    return Failure.input(
        "run " + run + " changed no table that is still there",
        "tarn runs " + run + " shows what it did");
  }
}
