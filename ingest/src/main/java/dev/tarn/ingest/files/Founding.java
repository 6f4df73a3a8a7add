package dev.tarn.ingest.files;

import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.lake.Branch;
import dev.tarn.lake.TableSpec;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the empty table of a source whose files are still to come, so that what reads it can be
/// built: as soon as the contract says every column and its type. A type that the first file is to
/// tell can't be guessed, and a table found without one would hold it to the guess.
final class Founding {
  private final FilesSettings settings;
  private final LandingContext context;

  Founding(FilesSettings settings, LandingContext context) {
    this.settings = settings;
    this.context = context;
  }

  /// Does nothing when the table is there, or can't be known yet.
  Landing found() {
    TableName table = settings.common().table();
    Optional<Schema> schema = promised();
    if (schema.isEmpty() || context.lake().find(table).isPresent()) {
      return Landing.nothing(table);
    }
    TableSpec spec =
        new TableSpec(
            schema.get(),
            List.of(),
            List.of(),
            settings.common().properties(),
            settings.common().contract().descriptions());
    try (Branch branch = context.lake().branch(context.run())) {
      branch.stage(branch.append(table, spec), List.of());
      branch.publish();
    }
    return new Landing(table, 0, 0, 0, 0, true, List.of());
  }

  private Optional<Schema> promised() {
    List<Column> columns = new ArrayList<>();
    for (ContractColumn column : settings.common().contract().columns()) {
      Optional<Type> type = column.type();
      if (type.isEmpty()) {
        return Optional.empty();
      }
      columns.add(Column.of(column.name(), type.get()));
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Schema(columns).plus(Provenance.COLUMNS));
  }
}
