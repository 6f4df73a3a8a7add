package dev.tarn.ingest.files;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one taken file ready for the engine, whatever its format.
final class Preparation {
  private final FilesSettings settings;
  private final RawStore raw;
  private final RejectedLines rejects;
  private final EngineSession session;
  private final Dialects dialects;
  private final JsonPreparation json;

  Preparation(
      FilesSettings settings,
      RawStore raw,
      RejectedLines rejects,
      EngineSession session,
      Dialects dialects) {
    this.settings = settings;
    this.raw = raw;
    this.rejects = rejects;
    this.session = session;
    this.dialects = dialects;
    this.json = new JsonPreparation(raw, settings.rows(), settings.skip(), settings.limits());
  }

  JsonPreparation json() {
    return json;
  }

  /// The plain files in a taken one, judged.
  List<Prepared> prepare(int file, RawStore.Copy copy) throws IOException {
    List<Prepared> prepared = new ArrayList<>();
    for (Unpacker.Plain plain : new Unpacker(raw, settings.limits()).unpack(copy)) {
      prepared.add(prepare(file, plain));
    }
    return prepared;
  }

  /// One plain file, judged.
  Prepared prepare(int file, Unpacker.Plain plain) throws IOException {
    Format format =
        settings
            .format()
            .or(() -> Format.ofName(plain.label()))
            .orElseThrow(() ->
                Failure.data(
                    "the name of '" + plain.label() + "' does not tell its format",
                    "add  format: csv"));
    Path text =
        format.isText()
            ? new Transcoder(raw, settings.encoding()).utf8(plain.path())
            : plain.path();
    return switch (format) {
      case CSV -> csv(file, plain.label(), text, false);
      case TSV -> csv(file, plain.label(), text, true);
      case JSON -> json.document(file, plain.label(), text, rejects);
      case NDJSON -> json.lines(file, plain.label(), text, rejects);
      case XML ->
          new XmlPreparation(raw, json, settings.row(), settings.limits())
              .prepare(file, plain.label(), text, rejects);
      case PARQUET -> parquet(file, plain.label(), text);
      case FIXED -> lines(true).prepare(file, plain.label(), text, rejects);
      case TEXT -> lines(false).prepare(file, plain.label(), text, rejects);
    };
  }

  private LinePreparation lines(boolean fixed) {
    return new LinePreparation(
        raw, settings.common().contract(), fixed, settings.skip(), settings.limits());
  }

  private Prepared csv(int file, String label, Path text, boolean tabs) throws IOException {
    CsvDialect dialect = dialects.of(text, tabs);
    List<String> names = settings.csv().names();
    List<ContractColumn> promised = settings.common().contract().columns();
    if (names.isEmpty() && !dialect.header() && fields(text, dialect) == promised.size()) {
      names = promised.stream().map(ContractColumn::sourceName).toList();
    }
    return new CsvPreparation(
            raw, dialect, settings.skip(), names, settings.csv().nulls(), settings.limits())
        .prepare(file, label, text, rejects);
  }

  private int fields(Path text, CsvDialect dialect) throws IOException {
    try (CsvRecords records =
        new CsvRecords(text, dialect, settings.skip(), List.of(), settings.limits().lineBytes())) {
      return records.names().size();
    }
  }

  private Prepared parquet(int file, String label, Path path) {
    try (EngineConnection connection = session.connect()) {
      Reading reading = new Reading.Parquet(List.of());
      String relation = reading.relation(List.of(path), List.of());
      Schema schema = connection.describe("SELECT * FROM " + relation);
      long rows =
          (Long)
              java.util.Objects.requireNonNull(
                  connection
                      .query("SELECT count(*)::BIGINT FROM " + relation, 1)
                      .rows()
                      .getFirst()
                      .getFirst());
      Reading known =
          new Reading.Parquet(schema.columns().stream().map(column -> column + "").toList());
      return new Prepared(
          file,
          label,
          schema.columns(),
          Optional.empty(),
          path,
          known,
          rows,
          0,
          () -> new EmptyWalk(),
          prepared -> prepared);
    }
  }

  /// Parquet rows have no text of their own.
  private static final class EmptyWalk implements Prepared.Walk {
    private long line;

    @Override
    public boolean next() {
      line++;
      return true;
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public String shown() {
      return "";
    }

    @Override
    public void close() {}
  }
}
