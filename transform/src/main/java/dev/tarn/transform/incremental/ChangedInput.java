package dev.tarn.transform.incremental;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.LakeTable;

/// A table that changed since a model read it.
///
/// @param now the table as it is to be read now
/// @param before the version that the model has read
public record ChangedInput(LakeTable now, AsOf.Snapshot before) {}
