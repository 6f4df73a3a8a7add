package dev.tarn.app.project;

import dev.tarn.transform.ModelSettings;
import dev.tarn.vocabulary.TableName;

/// A model as declared, its SQL not yet parsed.
///
/// @param file the model's file, from the project's folder
/// @param sql with variables filled and the settings blanked out
/// @param textHash SHA-256 of all that decides what the model means: the file's text and the values
///   of its variables
public record ModelFile(
    TableName table, String file, String sql, ModelSettings settings, String textHash) {}
