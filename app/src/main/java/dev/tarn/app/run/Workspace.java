package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.engine.EngineConnection;
import dev.tarn.ingest.Source;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.quality.QuarantineTable;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tables as one run sees them: what it has staged itself, else what is published. Each version
/// is made readable once, however many steps read it.
public final class Workspace {
  private final Lake lake;
  private final Branch branch;
  private final LazySession session;
  private final AsOf asOf;
  private final Map<TableName, Set<TableName>> viewInputs;
  private final Map<TableName, String> exposed = new HashMap<>();
  private volatile Map<TableName, String> published;

  /// @param asOf which version of tables that the run does not make itself
  /// @param viewInputs what each view of the project reads
  public Workspace(
      Lake lake,
      Branch branch,
      LazySession session,
      AsOf asOf,
      Map<TableName, Set<TableName>> viewInputs) {
    this.lake = lake;
    this.branch = branch;
    this.session = session;
    this.asOf = asOf;
    this.viewInputs = Map.copyOf(viewInputs);
    this.published = lake.versions();
  }

  public Branch branch() {
    return branch;
  }

  /// What names the version of a table that the run would read now; empty when there is none.
  public Optional<String> version(TableName table) {
    return branch.staged().contains(table)
        ? stagedVersion(table)
        : Optional.ofNullable(published.get(table));
  }

  private Optional<String> stagedVersion(TableName table) {
    return branch
        .find(table)
        .map(LakeTable::metadataLocation)
        .or(() -> branch.findView(table).map(LakeView::metadataLocation));
  }

  /// A source has published: its table is looked up anew.
  public void landed() {
    published = lake.versions();
  }

  public LazySession session() {
    return session;
  }

  /// The version of a table that readers see, under another name.
  Optional<LakeTable> exposePublished(TableName table, TableName name) {
    Optional<LakeTable> found = lake.find(table);
    found.ifPresent(stored -> session.expose(name, stored.scan()));
    return found;
  }

  public EngineConnection connect() {
    return session.connect();
  }

  /// What names the version of each table that the run would read now; tables that are not there
  /// are left out.
  public Map<String, String> versions(Collection<TableName> tables) {
    Map<String, String> versions = new HashMap<>();
    tables.forEach(table -> addVersions(table, versions));
    return versions;
  }

  private void addVersions(TableName table, Map<String, String> versions) {
    Optional<String> version = version(table);
    if (version.isPresent() && versions.put(table.toString(), version.get()) == null) {
      viewInputs.getOrDefault(table, Set.of()).forEach(input -> addVersions(input, versions));
    }
  }

  /// Makes tables readable in the session, views with all that they read.
  public synchronized void expose(Collection<TableName> tables) {
    tables.forEach(this::expose);
  }

  private void expose(TableName table) {
    Optional<String> found = version(table);
    if (found.isEmpty()) {
      exposeNone(table);
      return;
    }
    String version = found.get();
    if (version.equals(exposed.get(table))) {
      return;
    }
    Optional<LakeView> view = branch.findView(table);
    if (view.isPresent()) {
      viewInputs.getOrDefault(table, Set.of()).forEach(this::expose);
      session.exposeView(table, view.get().sql());
    } else {
      LakeTable stored = branch.find(table).orElseThrow(() -> missing(table));
      session.expose(branch.staged().contains(table) ? stored.scan() : stored.scan(asOf));
    }
    exposed.put(table, version);
  }

  /// Rows kept aside make a table only once there are some; until then it reads as empty.
  private void exposeNone(TableName table) {
    TableName owner = Blueprint.owner(table);
    if (table.equals(owner.rejected())) {
      session.exposeEmpty(table, Source.rejectedSchema());
    } else if (table.equals(owner.quarantine())) {
      LakeTable whole = branch.find(owner).orElseThrow(() -> missing(owner));
      session.exposeEmpty(table, QuarantineTable.of(whole.schema()).schema());
    } else {
      throw missing(table);
    }
  }

  private static Failure missing(TableName table) {
    if (table.layer().equals(Layer.BRONZE)) {
      return Failure.data(
          "the table " + table + " is not in the lake yet: no file of its source has landed",
          "see the source's path:, or declare its columns: with their types, and it begins empty");
    }
    return Failure.data(
        "the table " + table + " is not in the lake yet",
        "run what makes it first: tarn run +" + table);
  }
}
