package dev.tarn.engine.duckdb;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineContract;
import dev.tarn.engine.EngineSettings;

/// DuckDB keeps the contract.
class DuckDbEngineTest extends EngineContract {

  @Override
  protected Engine engine(EngineSettings settings) {
    return new DuckDbEngine(settings);
  }
}
