package dev.tarn.sql.change;

import dev.tarn.sql.tree.Relation;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;

/// One of the steps by which a query's inputs become what they are now: at one place where a table
/// is read, its rows change, while every place before it reads the rows of now already and every
/// place after it the rows of before. Together the steps lead from the old result to the new one,
/// whatever the query does with a table that it reads twice.
///
/// @param places all places at which tables are read that changed
/// @param at which of them changes in this step
record Step(
    Workbench bench,
    Snippets snippets,
    List<Place> places,
    int at,
    Map<TableName, InputChange> changes) {

  /// A place at which a table is read.
  record Place(Relation.Table table, TableName name) {}

  /// The tree with all tables as they are before this step, or after it.
  Edits state(boolean after) {
    Edits edits = Edits.none();
    for (int i = after ? at + 1 : at; i < places.size(); i++) {
      Place place = places.get(i);
      edits.with(place.table(), snippets.reads(change(place).before()));
    }
    return edits;
  }

  InputChange change() {
    return change(places.get(at));
  }

  private InputChange change(Place place) {
    InputChange change = changes.get(place.name());
    if (change == null) {
      throw new IllegalArgumentException("nothing is said of " + place.name());
    }
    return change;
  }
}
