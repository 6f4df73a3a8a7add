package dev.tarn.transform;

import dev.tarn.vocabulary.TableName;
import java.util.Map;

/// How one refresh of a model is done. Each case says why its result equals a recompute from
/// nothing, or what else it is right by.
public sealed interface Refresh {

  /// Why this way was taken, as `tarn plan` says it.
  String why();

  /// Recompute all and replace the table's content. Right by definition: it is the recompute that
  /// others must equal.
  record Full(String why) implements Refresh {}

  /// Compute only what the changes of the inputs lead to, and change the table by it. Right because
  /// the rows computed are those by which the result of before and the result of now differ:
  /// [dev.tarn.sql.change.QueryChange].
  ///
  /// @param since by changed input, what names the version that the table was made of
  record Incremental(String why, Map<TableName, String> since) implements Refresh {
    public Incremental {
      since = Map.copyOf(since);
    }
  }

  /// Compute only rows that are new enough, and leave older ones as they are: the model said that
  /// it wants no more. Equals a recompute where nothing came later than its `lookback` allows.
  record Recent(String why) implements Refresh {}

  /// Add to a history what the query gives now. It equals no recompute, which could not know what
  /// is gone: what was there stays, and what is new is put in its place.
  ///
  /// @param since by changed input, what names the version that was added last; empty when all is
  ///   to be compared
  record History(String why, Map<TableName, String> since) implements Refresh {
    public History {
      since = Map.copyOf(since);
    }
  }
}
