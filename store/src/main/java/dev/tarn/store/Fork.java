package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.Optional;

/// How one table stands on main and on a branch since they parted.
///
/// @param parted what both had then; empty when there was no such table
/// @param onMain what became of it on main
/// @param onBranch what became of it on the branch
public record Fork(
    TableName table,
    Optional<String> parted,
    Optional<Pointer> main,
    Optional<Pointer> branch,
    Since onMain,
    Since onBranch) {

  /// What became of a table since.
  public enum Since {
    /// Nothing at all.
    SAME,
    /// Only how it came to be is another: its rows and what its source has taken are not.
    RESTATED,
    /// Its rows, its definition or what its source has taken.
    MOVED
  }
}
