package dev.tarn.app.command;

/// One thing that `tarn` does.
public interface Command {
  /// All well.
  int WELL = 0;

  /// A step, check or test failed.
  int FAILED = 1;

  /// The command or the project is wrong; nothing was run.
  int WRONG = 2;

  Usage usage();

  /// Whether it can be done on a branch of the lake as on main.
  default boolean onBranches() {
    return true;
  }

  /// Does it and returns the exit status.
  int run(Invocation invocation);
}
