package dev.tarn.ingest.files;

import dev.tarn.engine.EngineConnection;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.OnError;
import dev.tarn.ingest.Source;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Lands some files in one publish: copies them, judges them, decides what the table is to look
/// like, has the engine write the rows, and publishes them with the record that the files were
/// taken.
final class Part {
  private static final int SAVERS = 8;

  private final FilesSettings settings;
  private final LandingContext context;
  private final TableName table;
  private final List<FoundFile> files;
  private final Instant at;

  Part(FilesSettings settings, LandingContext context, List<FoundFile> files) {
    this.settings = settings;
    this.context = context;
    this.table = settings.common().table();
    this.files = files;
    this.at = context.clock().instant();
  }

  Landing land() {
    try (RawStore raw = new RawStore(context.lake().raw(), context.run(), table);
        Branch branch = context.lake().branch(context.run());
        Crew crew = new Crew(context.threads());
        Crew savers = new Crew(SAVERS)) {
      List<Taken> taken =
          files.stream()
              .map(file -> new Taken(file, new RejectedLines(raw.scratch(".rejected"))))
              .toList();
      crew.each(taken, one -> take(one, raw));
      alreadyThere(taken);
      Optional<LakeTable> before = branch.find(table);
      Map<String, String> properties = before.map(LakeTable::properties).orElse(Map.of());
      Dialects dialects = new Dialects(settings.csv(), settings.skip(), properties);
      List<RawStore.Copy> copies =
          settings.keepRaw()
              ? taken.stream()
                  .filter(one -> one.outcome == Taken.Outcome.TAKEN)
                  .map(one -> one.copy.orElseThrow())
                  .toList()
              : List.of();
      // Disks take their time to make bytes durable: they do it while the engine reads.
      Crew.Pending settling = savers.begin(copies, raw::settle);
      Landing landing = land(taken, raw, branch, crew, before, dialects);
      settling.join();
      raw.keep(copies, savers);
      branch.publish();
      return landing;
    }
  }

  private void take(Taken taken, RawStore raw) {
    try {
      taken.copy = raw.take(taken.file);
      if (taken.copy.isEmpty()) {
        later(taken, "it is still being written");
      }
    } catch (NoSuchFileException _) {
      later(taken, "it went away");
    } catch (UncheckedIOException | IOException e) {
      FullDisk.refuse(e);
      later(taken, "it can't be read: " + e);
    }
  }

  private void later(Taken taken, String why) {
    if (settings.common().onError() == OnError.FAIL) {
      throw Failure.data("'" + taken.file.item() + "' is not landed: " + why, "");
    }
    taken.outcome = Taken.Outcome.LATER;
    warn("'" + taken.file.item() + "' is left for the next run: " + why);
  }

  private void warn(String text) {
    context.events().tell(new Event.Warned(context.run(), table, text));
  }

  /// The same content is never taken twice, whatever it is called.
  private void alreadyThere(List<Taken> taken) {
    Set<String> versions = new HashSet<>();
    for (Consumed consumed : context.lake().consumed(table)) {
      if (!consumed.outcome().equals(Taken.Outcome.REJECTED.text)) {
        versions.add(consumed.version());
      }
    }
    for (Taken one : taken) {
      if (one.copy.isPresent() && !versions.add(one.copy.get().sha256())) {
        one.outcome = Taken.Outcome.SAME;
      }
    }
  }

  private Landing land(
      List<Taken> taken,
      RawStore raw,
      Branch branch,
      Crew crew,
      Optional<LakeTable> before,
      Dialects dialects) {
    List<Integer> fresh = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i).outcome == Taken.Outcome.TAKEN) {
        fresh.add(i);
      }
    }
    // The first file tells the dialect before the others are read beside one another.
    List<Integer> first = fresh.subList(0, Math.min(1, fresh.size()));
    crew.each(first, i -> prepare(taken.get(i), i, raw, dialects));
    crew.each(
        fresh.subList(first.size(), fresh.size()), i -> prepare(taken.get(i), i, raw, dialects));
    fresh.addAll(twins(taken, raw, dialects));
    Planning planning = new Planning(settings.common(), before.map(LakeTable::schema));
    List<Prepared> all = fresh.stream().flatMap(i -> taken.get(i).prepared.stream()).toList();
    Plan plan = planning.plan(all);
    plan.refused()
        .forEach(i ->
            refuse(taken.get(i), "its columns are not those of the table, and on_drift is reject"));
    List<Drift> drifts = drifts(plan);
    boolean changed = write(taken, all, plan, planning, raw, branch, crew, before, dialects);
    rejected(taken, branch);
    branch.drift(drifts);
    branch.consume(consumed(taken));
    List<Taken> counted =
        taken.stream()
            .filter(one -> one.copy.isPresent() && one.outcome != Taken.Outcome.SAME)
            .toList();
    return new Landing(
        table,
        taken.stream().mapToLong(Taken::rows).sum(),
        taken.stream().mapToLong(one -> one.rejects.count()).sum(),
        counted.size(),
        counted.stream().mapToLong(one -> one.file.bytes()).sum(),
        changed,
        drifts);
  }

  /// What has the bytes of a file that was kept aside may be read all the same, by another name: as
  /// CSV what is no zip. Returns the places of those that were tried.
  private List<Integer> twins(List<Taken> taken, RawStore raw, Dialects dialects) {
    Set<String> refused =
        taken.stream()
            .filter(one -> one.outcome == Taken.Outcome.REJECTED)
            .map(one -> one.copy.orElseThrow().sha256())
            .collect(Collectors.toSet());
    List<Integer> tried = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      Taken one = taken.get(i);
      if (one.outcome == Taken.Outcome.SAME && refused.contains(one.copy.orElseThrow().sha256())) {
        one.outcome = Taken.Outcome.TAKEN;
        prepare(one, i, raw, dialects);
        tried.add(i);
        if (one.outcome == Taken.Outcome.TAKEN) {
          refused.remove(one.copy.orElseThrow().sha256());
        }
      }
    }
    return tried;
  }

  private void prepare(Taken taken, int place, RawStore raw, Dialects dialects) {
    try {
      Preparation preparation =
          new Preparation(settings, raw, taken.rejects, context.session(), dialects);
      taken.prepared = preparation.prepare(place, taken.copy.orElseThrow());
      long bytes = taken.prepared.stream().mapToLong(file -> file.rows() + file.rejected()).sum();
      if (bytes == 0 && taken.prepared.stream().allMatch(file -> file.columns().isEmpty())) {
        taken.outcome = Taken.Outcome.EMPTY;
      }
      taken.prepared.forEach(this::suggestRows);
    } catch (IOException | Failure e) {
      if (e instanceof Failure failure && failure.remedy() == Remedy.RETRY) {
        throw failure;
      }
      FullDisk.refuse(e);
      refuse(
          taken,
          e instanceof Failure failure
              ? failure.problems().getFirst().what()
              : String.valueOf(e.getMessage()));
    }
  }

  private void suggestRows(Prepared file) {
    if (file.shape().isEmpty() || file.rows() != 1 || !settings.rows().isEmpty()) {
      return;
    }
    List<String> lists =
        file.columns().stream()
            .filter(column ->
                column.type()
                    instanceof dev.tarn.vocabulary.Type.ListOf(dev.tarn.vocabulary.Type.Struct _))
            .map(Column::name)
            .toList();
    if (lists.size() == 1) {
      warn(
          "'"
              + file.label()
              + "' is one object; for a row per element of its list add  rows: "
              + lists.getFirst());
    }
  }

  /// The whole file is kept aside.
  private void refuse(Taken taken, String why) {
    if (taken.outcome == Taken.Outcome.REJECTED) {
      return;
    }
    taken.outcome = Taken.Outcome.REJECTED;
    taken.rejects.add(
        new RejectedLines.Rejected(
            taken.file.item(), 0, "", "", taken.file.bytes(), "the whole file: " + why));
    warn("'" + taken.file.item() + "' is kept aside: " + why);
  }

  private List<Drift> drifts(Plan plan) {
    List<Drift> known = context.lake().drifts(table);
    List<Drift> drifts = new ArrayList<>();
    for (Plan.Change change : plan.changes()) {
      Optional<Drift> last =
          known.stream()
              .filter(drift -> drift.column().equalsIgnoreCase(change.column()))
              .reduce((_, later) -> later);
      if (last.filter(change::sameAs).isEmpty()) {
        drifts.add(
            new Drift(
                table,
                change.item(),
                change.column(),
                change.change(),
                change.before(),
                change.after(),
                change.action(),
                context.run(),
                at));
      }
    }
    return drifts;
  }

  private boolean write(
      List<Taken> taken,
      List<Prepared> all,
      Plan plan,
      Planning planning,
      RawStore raw,
      Branch branch,
      Crew crew,
      Optional<LakeTable> before,
      Dialects dialects) {
    List<Prepared> good =
        all.stream()
            .filter(file ->
                taken.get(file.file()).outcome == Taken.Outcome.TAKEN && !file.columns().isEmpty())
            .toList();
    if (good.isEmpty()) {
      return false;
    }
    Schema schema = new Schema(plan.columns()).plus(Provenance.COLUMNS);
    Map<String, String> properties = new HashMap<>(dialects.properties());
    properties.putAll(settings.common().properties());
    TableSpec spec =
        new TableSpec(
            schema, List.of(), List.of(), properties, settings.common().contract().descriptions());
    WriteTarget target = branch.append(table, spec);
    BatchWriter writer =
        new BatchWriter(
            settings,
            context,
            plan,
            planning,
            target,
            at,
            new JsonPreparation(raw, settings.rows(), 0, settings.limits()));
    List<WrittenFile> written = writer.write(good, taken, crew, this::refuse);
    if (!written.isEmpty()
        || before.isEmpty()
        || !before.get().schema().names().equals(schema.names())) {
      branch.stage(target, written);
      return true;
    }
    return false;
  }

  private void rejected(List<Taken> taken, Branch branch) {
    taken.forEach(one -> one.rejects.close());
    List<Taken> with = taken.stream().filter(one -> one.rejects.count() > 0).toList();
    if (with.isEmpty()) {
      return;
    }
    if (settings.common().onError() == OnError.FAIL) {
      List<Problem> problems =
          with.stream()
              .flatMap(one -> one.rejects.samples().stream())
              .limit(10)
              .map(sample -> Problem.of(sample, ""))
              .toList();
      throw new Failure(Remedy.FIX_DATA, problems);
    }
    List<Path> lines = with.stream().map(one -> one.rejects.file()).toList();
    List<Reading.Typed> columns =
        Source.rejectedSchema().columns().stream()
            .filter(column -> column.name().equals("_source") || !Provenance.has(column.name()))
            .map(column -> new Reading.Typed(column.name(), column.type()))
            .toList();
    String relation = new Reading.Ndjson(16_777_216).relation(lines, columns);
    String sql =
        "SELECT *, TIMESTAMPTZ "
            + Identifiers.literal(at.toString())
            + " AS \"_ingested_at\", "
            + Identifiers.literal(context.run().value())
            + " AS \"_run\" FROM "
            + relation;
    WriteTarget target = branch.append(table.rejected(), TableSpec.of(Source.rejectedSchema()));
    try (EngineConnection connection = context.session().connect()) {
      branch.stage(target, connection.write(sql, target));
    }
  }

  private List<Consumed> consumed(List<Taken> taken) {
    Map<String, Consumed> consumed = new LinkedHashMap<>();
    for (Taken one : taken) {
      if (one.copy.isPresent() && one.outcome != Taken.Outcome.LATER) {
        RawStore.Copy copy = one.copy.get();
        consumed.put(
            one.file.item(),
            new Consumed(
                table,
                one.file.item(),
                copy.sha256(),
                copy.file().bytes(),
                copy.file().modified(),
                FilesLanding.identity(settings, copy.file(), one.outcome.text),
                one.outcome.text,
                one.rows(),
                one.rejects.count(),
                context.run(),
                at));
      }
    }
    return consumed.values().stream().collect(Collectors.toList());
  }
}
