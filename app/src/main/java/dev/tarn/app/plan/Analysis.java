package dev.tarn.app.plan;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.Map;

/// What a project means, and the columns of every table in it whose columns can be known.
public record Analysis(Blueprint blueprint, Map<TableName, Schema> schemas) {
  public Analysis {
    schemas = Map.copyOf(schemas);
  }
}
