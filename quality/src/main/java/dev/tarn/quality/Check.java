package dev.tarn.quality;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// A statement that must hold for a table.
public sealed interface Check permits RowCheck, TableCheck {

  /// As written in a project, such as `unique`.
  String kind();

  /// In one line, as a person would say it.
  String text();

  /// The table's columns that it names.
  List<ColumnAt> columns();

  /// Other tables that it names outright; those inside SQL are not among them.
  default List<TableName> tables() {
    return List.of();
  }
}
