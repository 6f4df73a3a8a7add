package dev.tarn.sql.change;

import java.util.Optional;

/// The table itself.
record LeafWay() implements Way {

  @Override
  public Signed signed(Step step) {
    return new Signed(step.change().gone(), step.change().come());
  }

  @Override
  public Optional<Keyed> keyed() {
    return Optional.empty();
  }
}
