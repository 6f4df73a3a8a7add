package dev.tarn.transform;

import dev.tarn.sql.Query;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashSet;
import java.util.Set;

/// One SQL query that defines one table.
///
/// @param file the model's file, from the project's folder
/// @param sql the query as it stands in the file, variables filled
/// @param query the same as a syntax tree
public record Model(TableName name, String file, String sql, Query query, ModelSettings settings) {

  /// The tables it reads, in the order they appear.
  public Set<TableName> inputs() {
    Set<TableName> inputs = new LinkedHashSet<>();
    query.tables().forEach(reference -> reference.table().ifPresent(inputs::add));
    return inputs;
  }
}
