package dev.tarn.app.test;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table that is made ready before a model is tested.
sealed interface TestTable {

  TableName table();

  Schema schema();

  /// Rows that the test gives; with none of them the table is empty.
  record Rows(TableName table, Schema schema, List<List<@Nullable Object>> rows)
      implements TestTable {}

  /// Rows that a query makes, whose columns are among the table's.
  record Asked(TableName table, Schema schema, WrittenRows.Asked rows, Schema made)
      implements TestTable {}

  /// A model between what is given and the model under test.
  record Computed(KnownModel model, Schema schema) implements TestTable {
    @Override
    public TableName table() {
      return model.table();
    }
  }
}
