package dev.tarn.app.run;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.quality.Screen;
import dev.tarn.quality.SetAside;
import dev.tarn.transform.incremental.IncrementalRefresh.Sifting;
import dev.tarn.transform.incremental.Sieve;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;

/// The rows that quarantine checks keep out of a table while the table is changed: those of before
/// but for the ones that went, and those that came.
final class HeldRows {
  private final Workspace workspace;
  private final EngineConnection connection;
  private final LakeTable table;
  private final Screen screen;
  private Optional<SetAside> aside = Optional.empty();

  HeldRows(Workspace workspace, EngineConnection connection, LakeTable table, Screen screen) {
    this.workspace = workspace;
    this.connection = connection;
    this.table = table;
    this.screen = screen;
  }

  Sifting sifting() {
    TableName quarantine = table.name().quarantine();
    Optional<TableName> held = workspace.branch().find(quarantine).map(_ -> quarantine);
    workspace.expose(held.stream().toList());
    return new Sifting(new Sieve(screen.mark(), held), this::write);
  }

  /// The rows, in files of their own; empty until they are known.
  Optional<SetAside> aside() {
    return aside;
  }

  private void write(String sql) {
    WriteTarget target = workspace.branch().append(table.name(), TableSpec.of(table.schema()));
    SiftedFiles sifted =
        connection
            .sift(sql, target, screen.mark())
            .orElseThrow(
                () -> Failure.bug(table.name() + " keeps an order", new IllegalStateException()));
    if (!sifted.kept().isEmpty()) {
      throw Failure.bug(
          "rows in quarantine of " + table.name() + " fail no check of it any more",
          new IllegalStateException());
    }
    aside = Optional.of(new SetAside(screen, target.columns(), sifted.aside()));
  }
}
