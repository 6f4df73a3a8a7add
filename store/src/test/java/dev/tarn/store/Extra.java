package dev.tarn.store;

import dev.tarn.store.Migration.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The migrations of a Tarn that is one version newer.
final class Extra {
  private Extra() {}

  static Migrations migrations(Consumer<Definitions> steps) {
    List<Migration> all = new ArrayList<>(Migrations.RELEASED.all());
    all.add(new Migration(Migrations.RELEASED.newest() + 1, steps));
    return new Migrations(all);
  }
}
