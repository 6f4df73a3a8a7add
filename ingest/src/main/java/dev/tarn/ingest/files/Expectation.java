package dev.tarn.ingest.files;

import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.Contract;
import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The columns that a source's table has or will have, without landing anything.
public final class Expectation {
  private static final int LOOKED_AT = 4;

  private final FilesSettings settings;

  public Expectation(FilesSettings settings) {
    this.settings = settings;
  }

  /// By the table in the lake, the contract, or a look at some of the first files.
  public Optional<Schema> of(Lake lake, EngineSession session) {
    Optional<Schema> landed = lake.find(settings.common().table()).map(LakeTable::schema);
    if (landed.isPresent()) {
      return landed.map(this::withPromised);
    }
    FileListing listing = new FileListing(settings.folder(), settings.limits().files());
    settings.paths().forEach(path -> listing.add(path, settings.pathsAt()));
    Optional<Schema> found = look(listing.files(), session);
    return found.or(this::promised);
  }

  private Schema withPromised(Schema landed) {
    List<Column> more =
        promisedColumns().stream()
            .filter(column -> landed.column(column.name()).isEmpty())
            .toList();
    return landed.plus(more);
  }

  private Optional<Schema> promised() {
    List<Column> columns = promisedColumns();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Schema(columns).plus(Provenance.COLUMNS));
  }

  private List<Column> promisedColumns() {
    Contract contract = settings.common().contract();
    return contract.columns().stream()
        .map(column -> Column.of(column.name(), typeOf(column)))
        .toList();
  }

  private static dev.tarn.vocabulary.Type typeOf(ContractColumn column) {
    return column.type().orElse(dev.tarn.vocabulary.Type.Primitive.VARCHAR);
  }

  private Optional<Schema> look(List<FoundFile> files, EngineSession session) {
    List<Prepared> prepared = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("tarn-look");
      try (RawStore raw =
          new RawStore(folder, new RunId("0".repeat(26)), settings.common().table())) {
        Dialects dialects = new Dialects(settings.csv(), settings.skip(), java.util.Map.of());
        for (FoundFile file : files.subList(0, Math.min(LOOKED_AT, files.size()))) {
          try (RejectedLines rejects = new RejectedLines(raw.scratch(".rejected"))) {
            Preparation preparation = new Preparation(settings, raw, rejects, session, dialects);
            for (Unpacker.Plain plain : Sample.of(file, raw, settings.limits())) {
              prepared.add(preparation.prepare(0, plain));
            }
          } catch (IOException | dev.tarn.vocabulary.Failure _) {
            // What can't be read tells nothing; landing it will say why.
          }
        }
      } finally {
        Files.deleteIfExists(folder.resolve("tmp"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    List<Column> columns =
        new Planning(settings.common(), Optional.empty()).plan(prepared).columns();
    return prepared.isEmpty() || columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Schema(columns).plus(Provenance.COLUMNS));
  }
}
