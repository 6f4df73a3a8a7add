package dev.tarn.app.ask;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.run.Opened;
import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.Source;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.quality.QuarantineTable;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.TableReference;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the tables of a question readable, as they are or as they were, and nothing else.
public final class Question {
  private static final int ATTEMPTS = 20;

  private final Opened opened;
  private final EngineSession session;
  private final SqlParser parser;
  private final AsOf asOf;
  private final Set<TableName> exposed = new HashSet<>();

  public Question(Opened opened, EngineSession session, SqlParser parser, AsOf asOf) {
    this.opened = opened;
    this.session = session;
    this.parser = parser;
    this.asOf = asOf;
  }

  /// Reads the question and makes its tables readable; unknown tables are problems with their
  /// place.
  public Query ready(String sql) {
    Query query = parser.parse(sql);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Map<TableName, String> before = opened.lake().versions();
      Problems problems = new Problems();
      query.tables().forEach(reference -> expose(reference, problems));
      if (opened.lake().versions().equals(before)) {
        problems.throwIfAny();
        return query;
      }
      // A run published while its tables were looked up one by one: a reader sees all of it or
      // nothing.
      exposed.clear();
    }
    throw Failure.retry(
        "others published " + ATTEMPTS + " times while the question was made ready",
        "ask again",
        new IllegalStateException());
  }

  private void expose(TableReference reference, Problems problems) {
    Optional<TableName> table = reference.table();
    if (table.isEmpty()) {
      unknown(reference.name(), reference.at(), problems);
    } else if (!exposed.contains(table.get()) && !expose(table.get(), problems)) {
      unknown(table.get().toString(), reference.at(), problems);
    }
  }

  private boolean expose(TableName table, Problems problems) {
    Lake lake = opened.lake();
    if (table.layer().equals(Layer.SYSTEM)) {
      return SystemTables.expose(table, opened, session);
    }
    Optional<LakeTable> found = lake.find(table);
    if (found.isPresent()) {
      session.expose(found.get().scan(asOf));
      return exposed.add(table);
    }
    Optional<LakeView> view = lake.view(table);
    if (view.isPresent()) {
      parser.parse(view.get().sql()).tables().forEach(reference -> expose(reference, problems));
      session.exposeView(table, view.get().sql());
      return exposed.add(table);
    }
    return none(table);
  }

  /// Rows kept aside make a table only once there are some; until then it reads as empty.
  private boolean none(TableName table) {
    TableName owner = Blueprint.owner(table);
    Optional<LakeTable> whole = opened.lake().find(owner);
    if (table.equals(owner) || whole.isEmpty()) {
      return false;
    }
    boolean rejected = table.equals(owner.rejected());
    session.exposeEmpty(
        table,
        rejected ? Source.rejectedSchema() : QuarantineTable.of(whole.get().schema()).schema());
    return exposed.add(table);
  }

  private void unknown(String name, Location at, Problems problems) {
    List<String> known = new ArrayList<>();
    opened.lake().tables().forEach(table -> known.add(table.toString()));
    opened.lake().views().forEach(view -> known.add(view.toString()));
    SystemTables.names().forEach(table -> known.add(table.toString()));
    String fix =
        known.size() == SystemTables.names().size()
            ? "the lake is empty yet: tarn run fills it"
            : Suggestions.didYouMean(name, known);
    problems.add(
        new Location("query", at.line(), at.column()), "unknown table '" + name + "'", fix);
  }
}
