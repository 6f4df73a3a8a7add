package dev.tarn.app.project;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Settings;

/// A source as declared: which connector, and settings that the connector reads.
///
/// @param file the source's file, from the project's folder
/// @param connector the value of `from:`
public record SourceFile(
    TableName table, String file, String connector, Location at, Settings settings) {}
