package dev.tarn.app.run;

import dev.tarn.app.project.Project;
import dev.tarn.engine.Engine;
import dev.tarn.lake.Lake;
import dev.tarn.store.BranchRecord;
import dev.tarn.store.MetadataStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A project's store, lake and engine, open for one command. The engine starts when it is first
/// needed.
public final class Opened implements AutoCloseable {
  private final Project project;
  private final MetadataStore store;
  private final Lake lake;
  private final Supplier<Engine> makeEngine;
  private final Surroundings surroundings;
  private final List<Runnable> afterwards = new ArrayList<>();
  private Optional<Engine> engine = Optional.empty();

  public Opened(
      Project project,
      MetadataStore store,
      Lake lake,
      Supplier<Engine> makeEngine,
      Surroundings surroundings) {
    this.project = project;
    this.store = store;
    this.lake = lake;
    this.makeEngine = makeEngine;
    this.surroundings = surroundings;
  }

  /// What the process is given.
  public record Surroundings(InstantSource clock, RandomGenerator random, long pid, String host) {}

  /// The same, as a branch has it. Closing either closes both.
  public Opened on(BranchRecord branch) {
    return new Opened(project, store.on(branch), lake.on(branch), makeEngine, surroundings);
  }

  /// What was typed, with the branch that it was typed for.
  String typed(String command) {
    return command + store.branch().map(one -> onBranch(one.name())).orElse("");
  }

  static String onBranch(String name) {
    return " --branch " + name;
  }

  public Project project() {
    return project;
  }

  public MetadataStore store() {
    return store;
  }

  public Lake lake() {
    return lake;
  }

  public InstantSource clock() {
    return surroundings.clock();
  }

  public RandomGenerator random() {
    return surroundings.random();
  }

  public long pid() {
    return surroundings.pid();
  }

  public String host() {
    return surroundings.host();
  }

  /// The engine, started now if it was not.
  public synchronized Engine engine() {
    if (engine.isEmpty()) {
      engine = Optional.of(makeEngine.get());
    }
    return engine.get();
  }

  /// A session that starts the engine when first used.
  public LazySession session() {
    return new LazySession(() -> engine().open());
  }

  /// What is to be done once all is closed.
  public synchronized void afterwards(Runnable work) {
    afterwards.add(work);
  }

  @Override
  public synchronized void close() {
    engine.ifPresent(Engine::close);
    store.close();
    afterwards.forEach(Runnable::run);
  }
}
