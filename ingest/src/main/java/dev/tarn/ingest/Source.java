package dev.tarn.ingest;

import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Branch;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.Optional;

/// Brings data from outside into one bronze table. What is new is landed exactly once: the rows and
/// the record that they were taken are published together. A landing that dies leaves nothing that
/// the next does not put right.
public interface Source {

  /// As written in `from:`, such as `files`.
  String connector();

  SourceSettings settings();

  default TableName table() {
    return settings().table();
  }

  /// The columns the table has or will have, found without landing anything: by the contract, the
  /// table in the lake, or a bounded look at the source. Empty when nothing tells.
  Optional<Schema> expected(Lake lake, EngineSession session);

  /// The columns of the table of rows that could not be read.
  default Optional<Schema> expectedRejected(Lake lake) {
    return Optional.of(
        lake.find(table().rejected()).map(LakeTable::schema).orElseGet(Source::rejectedSchema));
  }

  /// What is new, found without reading it.
  Pending pending(Lake lake);

  /// Lands all that is new and publishes it.
  Landing land(LandingContext context);

  /// How many of the files, or other pieces of input, that make up the table were read with other
  /// settings than the source has now.
  int outdated(Lake lake);

  /// What could be read again, and what is no longer there for it.
  Replay replay(Lake lake, ReplayScope scope);

  /// Reads again what was taken before, with the settings as they are now, in place of what was
  /// made of it then. All of it is staged on the branch, for the caller to judge and publish.
  ///
  /// @param replay of which nothing is gone
  /// @throws Failure when a copy is damaged
  Landing land(Replay replay, LandingContext context, Branch branch);

  /// What a table of rejected rows looks like.
  static Schema rejectedSchema() {
    return Schema.of(
        Column.of("_source", Primitive.VARCHAR),
        Column.of("line", Primitive.BIGINT),
        Column.of("column_name", Primitive.VARCHAR),
        Column.of("text", Primitive.VARCHAR),
        Column.of("text_bytes", Primitive.BIGINT),
        Column.of("reason", Primitive.VARCHAR),
        Column.of("_ingested_at", Primitive.TIMESTAMPTZ),
        Column.of("_run", Primitive.VARCHAR));
  }
}
