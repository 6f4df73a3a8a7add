package dev.tarn.ingest.files;

import dev.tarn.ingest.Contract;
import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.OnDrift;
import dev.tarn.ingest.SourceSettings;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what the table's columns are to be, file by file in order: the contract's types hold,
/// then the table's, then what the first file brings. What differs is drift, and the source says
/// what is done about it.
final class Planning {
  private final Contract contract;
  private final OnDrift policy;
  private final boolean founded;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Set<String> discovered = new HashSet<>();
  private final Set<Integer> refused = new HashSet<>();
  private final List<Plan.Change> changes = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private boolean begun;

  /// @param table the table's columns, when there is one
  Planning(SourceSettings settings, Optional<Schema> table) {
    this.contract = settings.contract();
    this.policy = settings.onDrift();
    this.founded = table.isPresent();
    this.begun = founded || !contract.isEmpty();
    table.ifPresent(schema ->
        schema.columns().stream()
            .filter(column -> !Provenance.has(column.name()))
            .forEach(this::put));
    for (ContractColumn column : contract.columns()) {
      if (column.type().isPresent() || !columns.containsKey(key(column.name()))) {
        put(Column.of(column.name(), column.type().orElse(Primitive.VARCHAR)));
      }
      if (column.type().isEmpty() && !founded) {
        discovered.add(key(column.name()));
      }
    }
  }

  Plan plan(List<Prepared> files) {
    JsonShape json = JsonShape.root();
    String firstJson = "";
    for (Prepared file : files) {
      if (policy == OnDrift.REJECT && begun && !fits(file)) {
        refused.add(file.file());
      } else if (file.shape().isPresent()) {
        json.join(file.shape().get(), true);
        firstJson = firstJson.isEmpty() ? file.label() : firstJson;
        begun |= policy == OnDrift.REJECT && absorb(file.label(), file.columns(), true);
      } else if (!file.columns().isEmpty()) {
        absorb(file.label(), file.columns(), false);
        begun = true;
      }
    }
    List<Column> read = readAs(json.columns());
    if (!read.isEmpty()) {
      absorb(firstJson, json.columns(), true);
      read = readAs(json.columns());
    }
    return new Plan(List.copyOf(columns.values()), refused, read, changes);
  }

  /// What a column of a file is called in the table.
  String tableName(String source) {
    String named = contract.bySource(source).map(ContractColumn::name).orElse(source);
    Column known = columns.get(key(named));
    String free = Provenance.has(named) ? named + "_2" : named;
    return known == null ? free : known.name();
  }

  /// JSON is read with the fields that a struct is to have, as far as the table's types allow.
  private List<Column> readAs(List<Column> found) {
    return found.stream()
        .map(column -> {
          Column target = columns.get(key(tableName(column.name())));
          Optional<Type> wide =
              target == null ? Optional.empty() : Widening.of(target.type(), column.type());
          return Column.of(column.name(), wide.orElse(column.type()));
        })
        .toList();
  }

  private boolean fits(Prepared file) {
    boolean fits = true;
    Set<String> there = new HashSet<>();
    for (Column column : file.columns()) {
      Column target = columns.get(key(tableName(column.name())));
      there.add(key(tableName(column.name())));
      if (target == null) {
        note(file.label(), column.name(), "added", "", Plan.text(column.type()), "rejected");
        fits = false;
      } else if (!landsWhole(column.type(), target.type())) {
        note(
            file.label(),
            target.name(),
            "retyped",
            Plan.text(target.type()),
            Plan.text(column.type()),
            "rejected");
        fits = false;
      }
    }
    if (file.shape().isEmpty() && !file.columns().isEmpty()) {
      for (Column target : columns.values()) {
        if (!there.contains(key(target.name()))) {
          note(file.label(), target.name(), "removed", Plan.text(target.type()), "", "rejected");
          fits = false;
        }
      }
    }
    return fits;
  }

  private static boolean landsWhole(Type file, Type table) {
    return table == Primitive.VARCHAR
        || file == Primitive.VARCHAR
        || Widening.of(table, file).filter(table::equals).isPresent();
  }

  private boolean absorb(String label, List<Column> found, boolean json) {
    boolean log = begun || founded;
    Set<String> there = new HashSet<>();
    for (Column column : found) {
      String name = tableName(column.name());
      there.add(key(name));
      Column target = columns.get(key(name));
      if (target == null) {
        added(label, Column.of(name, column.type()), log);
      } else {
        retyped(label, target, column.type());
      }
    }
    if (log && !found.isEmpty()) {
      String action = policy == OnDrift.IGNORE ? "ignored" : "evolved";
      for (Column target : columns.values()) {
        boolean optional = json && contract.byName(target.name()).isEmpty() && !founded;
        if (!there.contains(key(target.name())) && !optional) {
          note(label, target.name(), "removed", Plan.text(target.type()), "", action);
        }
      }
    }
    return true;
  }

  private void added(String label, Column column, boolean log) {
    if (policy != OnDrift.EVOLVE && log) {
      note(label, column.name(), "added", "", Plan.text(column.type()), "ignored");
      return;
    }
    put(column);
    discovered.add(key(column.name()));
    if (log) {
      note(label, column.name(), "added", "", Plan.text(column.type()), "evolved");
    }
  }

  private void retyped(String label, Column target, Type found) {
    boolean promised = contract.byName(target.name()).flatMap(ContractColumn::type).isPresent();
    if (promised
        || target.type().equals(found)
        || target.type() == Primitive.VARCHAR && !discovered.contains(key(target.name()))) {
      return;
    }
    Optional<Type> wide = Widening.of(target.type(), found);
    if (discovered.contains(key(target.name()))) {
      put(Column.of(target.name(), wide.orElse(Primitive.VARCHAR)));
    } else if (found == Primitive.VARCHAR && !founded) {
      return;
    } else if (wide.isEmpty()) {
      note(label, target.name(), "retyped", Plan.text(target.type()), Plan.text(found), "rejected");
    } else if (!wide.get().equals(target.type())) {
      boolean evolves = policy == OnDrift.EVOLVE;
      if (evolves) {
        put(Column.of(target.name(), wide.get()));
      }
      note(
          label,
          target.name(),
          "retyped",
          Plan.text(target.type()),
          Plan.text(found),
          evolves ? "evolved" : "ignored");
    }
  }

  private void put(Column column) {
    columns.put(key(column.name()), Column.of(column.name(), column.type()));
  }

  private void note(
      String item, String column, String change, String before, String after, String action) {
    if (told.add(String.join("\0", key(column), change, before, after, action))) {
      changes.add(new Plan.Change(item, column, change, before, after, action));
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
