package dev.tarn.app.run;

import dev.tarn.app.project.ModelFile;
import dev.tarn.sql.SqlParser;
import dev.tarn.store.Dropped;
import dev.tarn.store.StepRecord;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Drops tables, with what was kept aside of them, and brings them back. It is a run of its own.
public final class Drops {
  private final Opened opened;
  private final Turn turn;

  public Drops(Opened opened, Events events) {
    this.opened = opened;
    this.turn = new Turn(opened, events);
  }

  /// What was done, and by which run.
  ///
  /// @param tables with what was kept aside of them
  public record Done(RunId run, List<TableName> tables) {
    public Done {
      tables = List.copyOf(tables);
    }
  }

  /// @param force whether tables go that the project still declares or reads
  public Done drop(
      List<TableName> names, boolean force, String command, Consumer<String> whileWaiting) {
    return turn.take(
        whileWaiting,
        run -> {
          List<TableName> all = droppable(names, force);
          Instant startedAt = turn.begin(run, command, all.size());
          try {
            opened
                .lake()
                .dropped()
                .drop(
                    all,
                    run,
                    opened.clock().instant(),
                    transaction -> ended(transaction, run, all, "drop", startedAt));
          } catch (Failure failure) {
            turn.failed(run, RunState.FAILED, failure.getMessage(), startedAt);
            throw failure;
          }
          turn.published(run, all.size(), startedAt);
          return new Done(run, all);
        });
  }

  private List<TableName> droppable(List<TableName> names, boolean force) {
    Problems problems = new Problems();
    Set<TableName> there = new LinkedHashSet<>(opened.lake().tables());
    there.addAll(opened.lake().views());
    Set<TableName> chosen = new LinkedHashSet<>();
    for (TableName name : names) {
      if (!there.contains(name)) {
        problems.add(
            Problem.of(
                "there is no table " + name + " in the lake",
                Suggestions.didYouMean(
                    name.toString(), there.stream().map(TableName::toString).toList())));
      } else if (!force) {
        declared(name).ifPresent(problems::add);
        readers(name, names).forEach(reader -> problems.add(isRead(name, reader)));
      }
      Stream.of(name, name.rejected(), name.quarantine())
          .filter(there::contains)
          .forEach(chosen::add);
    }
    problems.throwIfAny();
    return List.copyOf(chosen);
  }

  private Optional<Problem> declared(TableName name) {
    boolean source = opened.project().sources().stream().anyMatch(one -> one.table().equals(name));
    Optional<String> model =
        opened.project().models().stream()
            .filter(one -> one.table().equals(name))
            .map(ModelFile::file)
            .findFirst();
    Optional<String> file = source ? Optional.of("sources/" + name.name() + ".yml") : model;
    return file.map(path ->
        Problem.of(
            name + " is declared in " + path + ": the next run would make it again",
            "remove that file first; or --force"));
  }

  private static Problem isRead(TableName name, ModelFile reader) {
    return Problem.of(
        name + " is read by " + reader.table() + " (" + reader.file() + ")",
        "change or drop that first; or --force");
  }

  /// Models that are dropped as well read nothing any more.
  private List<ModelFile> readers(TableName name, List<TableName> dropped) {
    try (SqlParser parser = new SqlParser()) {
      return opened.project().models().stream()
          .filter(model -> !dropped.contains(model.table()))
          .filter(model -> reads(model, name, parser))
          .toList();
    }
  }

  private static boolean reads(ModelFile model, TableName name, SqlParser parser) {
    try {
      return parser.parse(model.sql()).tables().stream()
          .anyMatch(reference -> reference.table().equals(Optional.of(name)));
    } catch (Failure _) {
      // What is wrong with it is told by tarn check.
      return false;
    }
  }

  /// Brings tables back, with all that was dropped together with them and belongs to them.
  public Done undrop(List<TableName> names, String command, Consumer<String> whileWaiting) {
    return turn.take(
        whileWaiting,
        run -> {
          List<Dropped> all = dropped(names);
          List<TableName> tables = all.stream().map(Dropped::table).toList();
          Instant startedAt = turn.begin(run, command, all.size());
          try {
            opened
                .lake()
                .dropped()
                .bringBack(
                    all, transaction -> ended(transaction, run, tables, "undrop", startedAt));
          } catch (Failure failure) {
            turn.failed(run, RunState.FAILED, failure.getMessage(), startedAt);
            throw failure;
          }
          turn.published(run, all.size(), startedAt);
          return new Done(run, tables);
        });
  }

  private List<Dropped> dropped(List<TableName> names) {
    Problems problems = new Problems();
    List<Dropped> known = opened.lake().dropped().all();
    List<Dropped> chosen = new ArrayList<>();
    for (TableName name : new LinkedHashSet<>(names)) {
      Optional<Dropped> newest = known.stream().filter(one -> one.table().equals(name)).findFirst();
      if (newest.isEmpty()) {
        problems.add(unknown(name, known));
      }
      newest.ifPresent(one ->
          known.stream()
              .filter(other -> other.run().equals(one.run()))
              .filter(other ->
                  List.of(name, name.rejected(), name.quarantine()).contains(other.table()))
              .filter(other -> !chosen.contains(other))
              .forEach(chosen::add));
    }
    problems.throwIfAny();
    return chosen;
  }

  private Problem unknown(TableName name, List<Dropped> known) {
    if (opened.lake().versions().containsKey(name)) {
      return Problem.of(name + " is there and was not dropped", "tarn history " + name);
    }
    Duration keep = opened.project().maintain().droppedKeepFor();
    return Problem.of(
        "there is no dropped table " + name + " that could come back",
        known.isEmpty()
            ? "tables can come back for "
                + Timings.text(keep)
                + " after they were dropped; a model's table is made anew by tarn run"
            : "these can: "
                + String.join(
                    ", ", known.stream().map(one -> one.table().toString()).distinct().toList()));
  }

  private void ended(
      Transaction transaction,
      RunId run,
      List<TableName> tables,
      String refresh,
      Instant startedAt) {
    Instant now = opened.clock().instant();
    for (TableName table : tables) {
      transaction
          .runs()
          .putStep(
              new StepRecord(
                  run,
                  table,
                  StepState.SUCCEEDED,
                  1,
                  startedAt,
                  Optional.of(now),
                  0,
                  0,
                  refresh.equals("drop") ? "dropped" : "brought back",
                  refresh));
    }
    transaction.runs().end(run, RunState.SUCCEEDED, now, "");
  }
}
