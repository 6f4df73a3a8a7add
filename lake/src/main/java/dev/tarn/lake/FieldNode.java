package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import java.util.List;

/// A column or a part of one, with the id that names it in every file of the table, whatever it is
/// called there.
///
/// @param children the fields of a struct; the element of a list; key and value of a map; else none
public record FieldNode(
    int id, String name, Type type, boolean required, List<FieldNode> children) {

  public FieldNode {
    children = List.copyOf(children);
  }

  public Column column() {
    return new Column(name, type, required);
  }
}
