package dev.tarn.lake;

/// One part of the order in which rows are kept within files.
public record SortKey(String column, boolean descending, boolean nullsFirst) {}
