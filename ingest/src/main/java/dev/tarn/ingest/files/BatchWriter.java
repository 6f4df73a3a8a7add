package dev.tarn.ingest.files;

import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.RowSink;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.files.RejectedLines.Rejected;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Has the engine write prepared files, many at a time, and counts: the rows written and the rows
/// that don't fit must be the rows there are. Where they are not, or the engine stumbles, files are
/// read one by one, and then in the plainest form; what still can't be read is kept aside as a
/// whole.
final class BatchWriter {
  private static final int BATCH_FILES = 2_000;
  private static final long BATCH_BYTES = 400_000_000;
  private static final long WORTH_A_THREAD = 32_000_000;

  private final FilesSettings settings;
  private final LandingContext context;
  private final Plan plan;
  private final Planning planning;
  private final WriteTarget target;
  private final JsonPreparation json;
  private final AtomicLong done = new AtomicLong();

  BatchWriter(
      FilesSettings settings,
      LandingContext context,
      Plan plan,
      Planning planning,
      WriteTarget target,
      JsonPreparation json) {
    this.settings = settings;
    this.context = context;
    this.plan = plan;
    this.planning = planning;
    this.target = target;
    this.json = json;
  }

  List<WrittenFile> write(
      List<Prepared> good, List<Taken> taken, Crew crew, BiConsumer<Taken, String> refuse) {
    Map<Object, List<Prepared>> alike = new LinkedHashMap<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      places.add(i);
    }
    List<Prepared> fitted = new ArrayList<>(good);
    crew.each(
        places,
        i -> {
          if (good.get(i).shape().isPresent()) {
            fitted.set(i, json.fitted(good.get(i), jsonColumns(good.get(i))));
          }
        });
    for (Prepared file : fitted) {
      if (file.rows() > 0) {
        alike
            .computeIfAbsent(List.of(file.reading(), file.columns()), _ -> new ArrayList<>())
            .add(file);
      }
    }
    List<List<Prepared>> batches =
        alike.values().stream().flatMap(files -> batches(files).stream()).toList();
    long rows = good.stream().mapToLong(Prepared::rows).sum();
    List<List<WrittenFile>> written = new ArrayList<>();
    batches.forEach(_ -> written.add(List.of()));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      numbers.add(i);
    }
    crew.each(
        numbers,
        i -> {
          written.set(i, batch(batches.get(i), taken, refuse));
          long sum = done.addAndGet(batches.get(i).stream().mapToLong(Prepared::rows).sum());
          context
              .events()
              .tell(new Event.StepProgress(context.run(), target.table(), sum, rows, "rows"));
        });
    return written.stream().flatMap(List::stream).toList();
  }

  /// What all the landing's JSON is read as, unless the file's own type leads to the table's too:
  /// then nothing has to be written anew.
  private List<Column> jsonColumns(Prepared file) {
    return plan.json().stream()
        .map(common -> {
          Optional<Column> own = named(file.columns(), common.name());
          Optional<Column> target = named(plan.columns(), planning.tableName(common.name()));
          return own.isEmpty() || target.isEmpty()
              ? common
              : Column.of(
                  common.name(),
                  Widening.readAs(own.get().type(), common.type(), target.get().type()));
        })
        .toList();
  }

  private static Optional<Column> named(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /// Each thread gets as many batches as the others, of about the same size.
  private List<List<Prepared>> batches(List<Prepared> files) {
    List<List<Prepared>> batches = new ArrayList<>();
    List<Prepared> batch = new ArrayList<>();
    long most = batchBytes(files.stream().mapToLong(BatchWriter::size).sum());
    long bytes = 0;
    for (Prepared file : files) {
      long size = size(file);
      if (!batch.isEmpty() && (batch.size() >= BATCH_FILES || bytes + size / 2 > most)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(file);
      bytes += size;
    }
    batches.add(batch);
    return batches;
  }

  private long batchBytes(long all) {
    long rounds = Math.max(1, Math.ceilDiv(all, BATCH_BYTES * context.threads()));
    return Math.max(WORTH_A_THREAD, Math.ceilDiv(all, rounds * context.threads()));
  }

  private static long size(Prepared file) {
    return file.readable().toFile().length();
  }

  private List<WrittenFile> batch(
      List<Prepared> files, List<Taken> taken, BiConsumer<Taken, String> refuse)
      throws IOException {
    Attempt together = attempt(files, taken);
    if (together.trouble().isEmpty()) {
      return together.files();
    }
    List<WrittenFile> written = new ArrayList<>();
    for (Prepared file : files) {
      Attempt alone = files.size() == 1 ? together : attempt(List.of(file), taken);
      if (alone.trouble().isPresent()) {
        alone = attempt(List.of(file.plainest().of(file)), taken);
      }
      if (alone.trouble().isPresent()) {
        refuse.accept(taken.get(file.file()), alone.trouble().get());
      }
      written.addAll(alone.files());
    }
    return written;
  }

  /// What came of writing some files: the files of the table, or what went wrong.
  private record Attempt(List<WrittenFile> files, Optional<String> trouble) {}

  private Attempt attempt(List<Prepared> files, List<Taken> taken) throws IOException {
    Batch batch =
        new Batch(
            files,
            files.getFirst().columns(),
            plan,
            planning,
            settings.common(),
            settings.csv(),
            files.stream().map(file -> taken.get(file.file()).at).toList(),
            context.run());
    try (EngineConnection connection = context.session().connect()) {
      List<WrittenFile> written = connection.write(batch.goodRows(), target);
      long rows = written.stream().mapToLong(WrittenFile::rows).sum();
      if (rows == batch.rows()) {
        return new Attempt(written, Optional.empty());
      }
      long misfits = batch.isChecked() ? misfits(connection, batch, taken) : 0;
      if (rows + misfits == batch.rows()) {
        return new Attempt(written, Optional.empty());
      }
      for (WrittenFile file : written) {
        Files.deleteIfExists(file.path());
      }
      return new Attempt(
          List.of(), Optional.of("the engine read " + rows + " rows of " + batch.rows()));
    } catch (Failure failure) {
      if (failure.remedy() == Remedy.RETRY) {
        throw failure;
      }
      return new Attempt(List.of(), Optional.of(failure.problems().getFirst().what()));
    }
  }

  private long misfits(EngineConnection connection, Batch batch, List<Taken> taken) {
    try (Misfits misfits = new Misfits(batch, taken)) {
      connection.stream(batch.badRows(), misfits);
      return misfits.count;
    }
  }

  /// Finds the text of rows that don't fit, by walking beside them through their files.
  private static final class Misfits implements RowSink, AutoCloseable {
    private final Batch batch;
    private final List<Taken> taken;
    private Optional<Prepared.Walk> walk = Optional.empty();
    private int file = -1;
    private long position;
    private long count;

    Misfits(Batch batch, List<Taken> taken) {
      this.batch = batch;
      this.taken = taken;
    }

    @Override
    public void columns(List<EngineColumn> columns) {}

    @Override
    public void row(List<@Nullable Object> values) {
      int nextFile = ((Number) Objects.requireNonNull(values.get(0))).intValue();
      long nextPosition = ((Number) Objects.requireNonNull(values.get(1))).longValue();
      Prepared prepared = batch.files().get(nextFile);
      try {
        if (nextFile != file || nextPosition <= position) {
          close();
          walk = Optional.of(prepared.texts().open());
          file = nextFile;
          position = 0;
        }
        Prepared.Walk at = walk.orElseThrow();
        while (position < nextPosition && at.next()) {
          position++;
        }
        Object value = values.get(3);
        String reason =
            value == null ? "it has no value" : "'" + value + "' is no " + values.get(4);
        Taken one = taken.get(prepared.file());
        one.rejects.add(
            new Rejected(
                prepared.label(),
                at.line(),
                String.valueOf(values.get(2)),
                at.shown(),
                at.bytes(),
                reason));
        synchronized (one) {
          one.misfits++;
        }
        count++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        if (walk.isPresent()) {
          walk.get().close();
          walk = Optional.empty();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
