package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;

/// The rows of one table that a model reads.
record Given(TableName table, Location at, WrittenRows rows) {}
