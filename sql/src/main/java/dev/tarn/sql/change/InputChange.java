package dev.tarn.sql.change;

/// What became of one input, as relations that SQL can read. The input's own name reads what it is
/// now.
///
/// @param before the name of what it was
/// @param gone its rows of before that are there no more, as a multiset
/// @param come its rows of now that were not there before, as a multiset
public record InputChange(java.util.List<String> before, Kept gone, Kept come) {}
