package dev.tarn.lake;

/// How the columns of a scan are found in its files.
public enum Matching {
  /// By name: all files have every column under its name and with its type, and nested ones with
  /// the same parts.
  NAMES,
  /// By id, and what is inside structs, lists and maps by name: there the names are the same in all
  /// files.
  IDS,
  /// By id at all levels: values with parts must be rebuilt.
  NESTED_IDS
}
