package dev.tarn.engine;

/// A column of a query's result with its type in the engine's own words.
public record EngineColumn(String name, String type) {}
