package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;

/// A view: a query that is kept instead of rows.
///
/// @param metadataLocation the metadata file that defines it
public record LakeView(TableName name, String sql, Schema schema, String metadataLocation) {}
