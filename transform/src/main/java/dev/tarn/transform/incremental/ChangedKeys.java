package dev.tarn.transform.incremental;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.LakeTable;
import dev.tarn.sql.change.InputChange;
import dev.tarn.sql.change.Kept;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds the keys of which a query's result has other rows than before. There may be more among
/// them, and never fewer.
public final class ChangedKeys {
  /// The temporary table of the connection in which they are, by the names that the key has.
  public static final String TABLE = "tarn_changed_keys";

  private final EngineSession session;
  private final EngineConnection connection;
  private final LakeTable target;
  private final Schema result;
  private final List<String> key;
  private final MadeChanges made;
  private final Limits limits = Limits.USUAL;

  /// @param connection of the session
  /// @param target what is made of the result: it has had every key that the result ever had
  /// @param result the columns of the result
  /// @param made what the refreshes before this one changed in this session
  public ChangedKeys(
      EngineSession session,
      EngineConnection connection,
      LakeTable target,
      Schema result,
      List<String> key,
      MadeChanges made) {
    this.session = session;
    this.connection = connection;
    this.target = target;
    this.result = result;
    this.key = List.copyOf(key);
    this.made = made;
  }

  /// How it went.
  public sealed interface Outcome {}

  /// @param changes of the inputs, in words
  public record Found(String changes) implements Outcome {}

  /// All keys are to be looked at.
  public record Unknown(String why) implements Outcome {}

  /// Looks for them.
  public Outcome of(QueryChange change, List<ChangedInput> changed) {
    Inputs inputs = new Inputs(session, connection, target.name(), changed, made);
    Optional<String> unfit = inputs.unfit(limits);
    if (unfit.isPresent()) {
      return new Unknown(unfit.get());
    }
    Map<TableName, InputChange> changes = inputs.exposed();
    long most = limits.most(target.rows());
    try (EngineBench bench = new EngineBench(connection, most)) {
      return switch (change.compute(bench, changes)) {
        case QueryChange.ByRow byRow -> {
          keep(Stream.concat(byRow.gone().stream(), byRow.come().stream()).map(Kept::sql));
          yield new Found(inputs.told());
        }
        case QueryChange.ByKey byKey -> byKey(bench, byKey, inputs);
      };
    } catch (TooManyRows tooMany) {
      return new Unknown(String.valueOf(tooMany.getMessage()));
    }
  }

  /// Of rows that went only the keys by which they were found are known. Where those are of this
  /// key, all that ever were have them still.
  private Outcome byKey(EngineBench bench, QueryChange.ByKey byKey, Inputs inputs) {
    boolean own =
        byKey.columns().stream()
            .allMatch(column -> key.stream().anyMatch(column::equalsIgnoreCase));
    if (!own) {
      return new Unknown("changes are found by " + String.join(", ", byKey.columns()));
    }
    if (byKey.keys().rows() == 0) {
      keep(Stream.of());
      return new Found(inputs.told());
    }
    TableName rows = Inputs.name("rows", target.name(), target.name());
    session.expose(rows, target.scan());
    Kept before =
        bench.keep(
            "SELECT DISTINCT " + names() + " FROM " + rows.sql() + " WHERE " + byKey.holds(bench));
    Kept come = bench.keep(keys("(" + byKey.come() + "\n)"));
    keepAll(Stream.of("FROM " + before.sql(), "FROM " + come.sql()));
    return new Found(inputs.told());
  }

  private void keep(Stream<String> relations) {
    keepAll(relations.map(this::keys));
  }

  private void keepAll(Stream<String> queries) {
    String none = "SELECT " + names() + " FROM (" + keys("(SELECT " + nulls() + ")") + ") LIMIT 0";
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE "
            + TABLE
            + " AS SELECT DISTINCT * FROM ("
            + Stream.concat(Stream.of("(" + none + ")"), queries.map(one -> "(" + one + ")"))
                .collect(joining(" UNION ALL "))
            + ")");
  }

  private String nulls() {
    return result.columns().stream().map(_ -> "NULL").collect(joining(", "));
  }

  private String names() {
    return key.stream().map(Identifiers::quote).collect(joining(", "));
  }

  /// The keys of rows of the result.
  private String keys(String relation) {
    String columns =
        IntStream.range(0, result.columns().size()).mapToObj(i -> "c" + i).collect(joining(", "));
    String keys = key.stream().map(this::value).collect(joining(", "));
    return "SELECT " + keys + " FROM " + relation + " AS result(" + columns + ")";
  }

  private String value(String name) {
    List<String> names = result.columns().stream().map(Column::name).toList();
    int place =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow();
    String type = target.schema().column(name).orElseThrow().type().sql();
    return "CAST(c" + place + " AS " + type + ") AS " + Identifiers.quote(name);
  }
}
