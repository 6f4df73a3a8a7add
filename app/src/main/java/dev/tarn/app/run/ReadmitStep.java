package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;

/// Judges the quarantined rows of a table again, while the model's query would give the same rows
/// as ever; else the table is made anew, which judges all rows.
final class ReadmitStep implements StepWork {
  private static final String WHY = "the quarantined rows were judged again";

  private final KnownModel model;
  private final ModelStep whole;
  private final Patch patch;
  private final Refreshes refreshes;
  private final Workspace workspace;

  /// @param whole makes the table anew
  ReadmitStep(
      KnownModel model, ModelStep whole, Patch patch, Refreshes refreshes, Workspace workspace) {
    this.model = model;
    this.whole = whole;
    this.patch = patch;
    this.refreshes = refreshes;
    this.workspace = workspace;
  }

  @Override
  public StepOutcome attempt(int number) {
    return refreshes.otherRows(model, workspace.versions(model.inputs())).isPresent()
        ? whole.attempt(number)
        : patch.apply(WHY, workspace.versions(model.reads()), number == 1);
  }
}
