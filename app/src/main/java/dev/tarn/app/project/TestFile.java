package dev.tarn.app.project;

import dev.tarn.vocabulary.settings.Node;

/// A file of unit tests as written.
///
/// @param file from the project's folder
public record TestFile(String file, String text, Node content) {}
