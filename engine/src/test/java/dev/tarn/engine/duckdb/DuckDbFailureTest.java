package dev.tarn.engine.duckdb;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.FailureContract;

class DuckDbFailureTest extends FailureContract {

  @Override
  protected Engine engine(EngineSettings settings) {
    return new DuckDbEngine(settings);
  }
}
