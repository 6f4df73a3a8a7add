package dev.tarn.engine.duckdb;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.QueryContract;

class DuckDbQueryTest extends QueryContract {

  @Override
  protected Engine engine(EngineSettings settings) {
    return new DuckDbEngine(settings);
  }
}
