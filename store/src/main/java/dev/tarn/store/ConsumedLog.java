package dev.tarn.store;

import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the sources have taken. `modified` is kept to the nanosecond, other times to the
/// microsecond.
public interface ConsumedLog {
  void add(List<Consumed> consumed);

  /// In the order of taking.
  List<Consumed> ofTable(TableName table);

  /// The last that was taken of each item, by item.
  Map<String, Consumed> latest(TableName table);

  /// The contents that were taken, whatever their names.
  Set<String> versions(TableName table);

  /// What a table's source took from the first of these runs on, in later runs too, in the order of
  /// taking.
  List<Consumed> since(TableName table, Set<RunId> runs);

  /// Forgets what [#since] tells: it is taken again.
  void removeSince(TableName table, Set<RunId> runs);

  /// What was taken for a table counts for another from now on.
  void move(TableName from, TableName to);

  void removeAll(TableName table);

  /// In the order of taking.
  List<Consumed> all();

  /// The contents that branches know as taken.
  Set<String> versionsOfBranches();
}
