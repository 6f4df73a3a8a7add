package dev.tarn.app.test;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.vocabulary.Schema;
import java.util.List;

/// A test that has been found right.
///
/// @param tables what is made ready, each after what it reads
/// @param schema of the model
record BoundTest(
    UnitTest test,
    KnownModel model,
    List<TestTable> tables,
    Schema schema,
    BoundRows rows,
    BoundRows quarantined) {
  BoundTest {
    tables = List.copyOf(tables);
  }
}
