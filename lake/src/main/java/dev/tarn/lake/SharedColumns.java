package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the columns that two versions of a table have both, by their ids, and tells what became of
/// the others.
final class SharedColumns {
  private final List<ColumnChange> changes = new ArrayList<>();
  private final List<FieldNode> shared;

  /// Whether a part of a nested column was added, dropped, renamed or retyped.
  private boolean nestedDiffers;

  SharedColumns(List<FieldNode> before, List<FieldNode> after) {
    this.shared = shared("", before, after);
  }

  /// Under the names of the later version, with the wider of two types; of nested columns the parts
  /// that both have.
  List<FieldNode> columns() {
    return shared;
  }

  List<ColumnChange> changes() {
    return changes;
  }

  /// How these columns are found in the files of a version whose own columns are found like this.
  Matching matching(Matching own) {
    if (nestedDiffers) {
      return Matching.NESTED_IDS;
    }
    boolean otherNames =
        changes.stream()
            .anyMatch(change ->
                switch (change) {
                  case ColumnChange.Renamed _, ColumnChange.Retyped _ -> true;
                  case ColumnChange.Added _, ColumnChange.Dropped _ -> false;
                });
    return otherNames && own == Matching.NAMES ? Matching.IDS : own;
  }

  private List<FieldNode> shared(String path, List<FieldNode> before, List<FieldNode> after) {
    List<FieldNode> both = new ArrayList<>();
    for (FieldNode now : after) {
      Optional<FieldNode> was = find(before, now.id());
      if (was.isEmpty()) {
        note(path, new ColumnChange.Added(path + now.name(), now.type()));
      }
      was.flatMap(old -> shared(path, old, now)).ifPresent(both::add);
    }
    for (FieldNode was : before) {
      if (find(after, was.id()).isEmpty()) {
        note(path, new ColumnChange.Dropped(path + was.name(), was.type()));
      }
    }
    return both;
  }

  private static Optional<FieldNode> find(List<FieldNode> fields, int id) {
    return fields.stream().filter(field -> field.id() == id).findFirst();
  }

  private void note(String path, ColumnChange change) {
    changes.add(change);
    nestedDiffers |= !path.isEmpty();
  }

  private Optional<FieldNode> shared(String path, FieldNode before, FieldNode after) {
    if (!before.name().equals(after.name())) {
      note(path, new ColumnChange.Renamed(path + before.name(), path + after.name()));
    }
    if (before.children().isEmpty() && after.children().isEmpty()) {
      return wider(path, before, after)
          .map(type -> new FieldNode(after.id(), after.name(), type, false, List.of()));
    }
    List<FieldNode> children =
        shared(path + after.name() + ".", before.children(), after.children());
    return nested(after.type(), children)
        .map(type -> new FieldNode(after.id(), after.name(), type, false, children));
  }

  private Optional<Type> wider(String path, FieldNode before, FieldNode after) {
    Type was = before.type();
    Type now = after.type();
    if (was.equals(now)) {
      return Optional.of(now);
    }
    note(path, new ColumnChange.Retyped(path + after.name(), was, now));
    return holds(now, was) ? Optional.of(now) : Optional.of(was).filter(_ -> holds(was, now));
  }

  private static boolean holds(Type wide, Type narrow) {
    return switch (wide) {
      case Primitive primitive ->
          primitive == Primitive.BIGINT && narrow == Primitive.INTEGER
              || primitive == Primitive.DOUBLE && narrow == Primitive.FLOAT;
      case Type.Decimal(int precision, int scale) ->
          narrow instanceof Type.Decimal(int digits, int places)
              && places == scale
              && digits <= precision;
      case Type.Struct _, Type.ListOf _, Type.MapOf _ -> false;
    };
  }

  /// The type of what both have of a nested column; empty when that is nothing.
  private static Optional<Type> nested(Type type, List<FieldNode> parts) {
    List<Column> columns = parts.stream().map(FieldNode::column).toList();
    return switch (type) {
      case Type.Struct _ when !columns.isEmpty() -> Optional.of(new Type.Struct(columns));
      case Type.ListOf _ when columns.size() == 1 ->
          Optional.of(new Type.ListOf(columns.getFirst().type()));
      case Type.MapOf _ when columns.size() == 2 ->
          Optional.of(new Type.MapOf(columns.getFirst().type(), columns.getLast().type()));
      case Type.Struct _, Type.ListOf _, Type.MapOf _, Primitive _, Type.Decimal _ ->
          Optional.empty();
    };
  }
}
