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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Takes files in: has them judged, decides what the table is to look like, has the engine write
/// their rows onto a base, and stages all that on a branch, with the record that they were taken.
final class Intake {
  private final FilesSettings settings;
  private final LandingContext context;
  private final TableName table;
  private final RawStore raw;
  private final Branch branch;
  private final Crew crew;
  private final Dialects dialects;
  private final Base base;
  private final Base rejectedBase;
  private final Instant now;

  /// What rows are put onto, and what lines are put onto that can't be landed.
  record Bases(Base rows, Base rejected) {}

  /// @param now when the files are recorded as taken
  Intake(
      FilesSettings settings,
      LandingContext context,
      RawStore raw,
      Branch branch,
      Crew crew,
      Bases bases,
      Instant now) {
    this.settings = settings;
    this.context = context;
    this.table = settings.common().table();
    this.raw = raw;
    this.branch = branch;
    this.crew = crew;
    this.dialects = new Dialects(settings.csv(), settings.skip(), bases.rows().properties());
    this.base = bases.rows();
    this.rejectedBase = bases.rejected();
    this.now = now;
  }

  /// Has the files judged and their rows staged, with the record that they were taken.
  Landing take(List<Taken> taken) {
    List<Integer> fresh = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i).outcome == Taken.Outcome.TAKEN) {
        fresh.add(i);
      }
    }
    // The first file tells the dialect before the others are read beside one another.
    List<Integer> first = fresh.subList(0, Math.min(1, fresh.size()));
    crew.each(first, i -> prepare(taken.get(i), i));
    crew.each(fresh.subList(first.size(), fresh.size()), i -> prepare(taken.get(i), i));
    fresh.addAll(twins(taken));
    Planning planning = new Planning(settings.common(), base.schema());
    List<Prepared> all = fresh.stream().flatMap(i -> taken.get(i).prepared.stream()).toList();
    Plan plan = planning.plan(all);
    plan.refused()
        .forEach(i ->
            refuse(taken.get(i), "its columns are not those of the table, and on_drift is reject"));
    List<Drift> drifts = drifts(plan);
    boolean changed = write(taken, all, plan, planning);
    rejected(taken);
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
  private List<Integer> twins(List<Taken> taken) {
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
        prepare(one, i);
        tried.add(i);
        if (one.outcome == Taken.Outcome.TAKEN) {
          refused.remove(one.copy.orElseThrow().sha256());
        }
      }
    }
    return tried;
  }

  private void prepare(Taken taken, int place) {
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
                now));
      }
    }
    return drifts;
  }

  private void warn(String text) {
    context.events().tell(new Event.Warned(context.run(), table, text));
  }

  private boolean write(List<Taken> taken, List<Prepared> all, Plan plan, Planning planning) {
    List<Prepared> good =
        all.stream()
            .filter(file ->
                taken.get(file.file()).outcome == Taken.Outcome.TAKEN && !file.columns().isEmpty())
            .toList();
    if (good.isEmpty() && !base.replaces()) {
      return false;
    }
    Schema schema = schema(plan);
    Map<String, String> properties = new HashMap<>(dialects.properties());
    properties.putAll(settings.common().properties());
    TableSpec spec =
        new TableSpec(
            schema, List.of(), List.of(), properties, settings.common().contract().descriptions());
    WriteTarget target = base.target(branch, spec);
    List<WrittenFile> written = new ArrayList<>(base.rows(context.session(), target));
    if (!good.isEmpty()) {
      BatchWriter writer =
          new BatchWriter(
              settings,
              context,
              plan,
              planning,
              target,
              new JsonPreparation(raw, settings.rows(), 0, settings.limits()));
      written.addAll(writer.write(good, taken, crew, this::refuse));
    }
    if (!written.isEmpty()
        || base.replaces()
        || base.schema().filter(now -> now.names().equals(schema.names())).isEmpty()) {
      branch.stage(target, written);
      return true;
    }
    return false;
  }

  /// Where no file says anything about columns, they stay what they are.
  private Schema schema(Plan plan) {
    return plan.columns().isEmpty()
        ? branch.find(table).map(LakeTable::schema).orElseGet(() -> new Schema(Provenance.COLUMNS))
        : new Schema(plan.columns()).plus(Provenance.COLUMNS);
  }

  private void rejected(List<Taken> taken) {
    taken.forEach(one -> one.rejects.close());
    List<Taken> with = taken.stream().filter(one -> one.rejects.count() > 0).toList();
    if (with.isEmpty() && !rejectedBase.replaces()) {
      return;
    }
    if (!with.isEmpty() && settings.common().onError() == OnError.FAIL) {
      List<Problem> problems =
          with.stream()
              .flatMap(one -> one.rejects.samples().stream())
              .limit(10)
              .map(sample -> Problem.of(sample, ""))
              .toList();
      throw new Failure(Remedy.FIX_DATA, problems);
    }
    WriteTarget target = rejectedBase.target(branch, TableSpec.of(Source.rejectedSchema()));
    List<WrittenFile> written = new ArrayList<>(rejectedBase.rows(context.session(), target));
    if (!with.isEmpty()) {
      try (EngineConnection connection = context.session().connect()) {
        written.addAll(connection.write(lines(with), target));
      }
    }
    branch.stage(target, written);
  }

  private String lines(List<Taken> with) {
    List<Reading.Typed> columns =
        Source.rejectedSchema().columns().stream()
            .filter(column -> column.name().equals("_source") || !Provenance.has(column.name()))
            .map(column -> new Reading.Typed(column.name(), column.type()))
            .toList();
    Map<Instant, List<Path>> files =
        with.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.at,
                    TreeMap::new,
                    Collectors.mapping(one -> one.rejects.file(), Collectors.toList())));
    return files.entrySet().stream()
        .map(came ->
            "SELECT *, TIMESTAMPTZ "
                + Identifiers.literal(came.getKey().toString())
                + " AS \"_ingested_at\", "
                + Identifiers.literal(context.run().value())
                + " AS \"_run\" FROM "
                + new Reading.Ndjson(16_777_216).relation(came.getValue(), columns))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private List<Consumed> consumed(List<Taken> taken) {
    return taken.stream()
        .filter(one -> one.copy.isPresent() && one.outcome != Taken.Outcome.LATER)
        .sorted(Comparator.comparing(one -> one.rank))
        .map(this::consumed)
        .toList();
  }

  private Consumed consumed(Taken one) {
    RawStore.Copy copy = one.copy.orElseThrow();
    return new Consumed(
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
        now,
        settings.reading());
  }
}
