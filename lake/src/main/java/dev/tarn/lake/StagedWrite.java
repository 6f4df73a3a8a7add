package dev.tarn.lake;

import java.util.List;

/// What is to be written for a table of a branch, and then what was.
sealed interface StagedWrite {
  /// Whether it can't be put on top of what others publish meanwhile.
  boolean stands();

  record Rows(boolean replaces, TableSpec spec, WriteTarget target, List<WrittenFile> files)
      implements StagedWrite {
    @Override
    public boolean stands() {
      return replaces;
    }
  }

  record Change(
      Amendment amendment,
      List<WrittenFile> rows,
      List<WrittenFile> lists,
      Amendment.Figures figures)
      implements StagedWrite {
    @Override
    public boolean stands() {
      return !amendment.appends();
    }
  }
}
