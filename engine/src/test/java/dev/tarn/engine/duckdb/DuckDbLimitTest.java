package dev.tarn.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.LimitContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/// DuckDB keeps the contract, and the settings that the contract can't see.
class DuckDbLimitTest extends LimitContract {

  @Override
  protected Engine engine(EngineSettings settings) {
    return new DuckDbEngine(settings);
  }

  @Test
  void every_limit_is_in_force_on_every_connection() {
    List<Object> settings =
        connection
            .query(
                "SELECT current_setting('memory_limit'), current_setting('threads'), current_setting('max_temp_directory_size'), current_setting('autoload_known_extensions'), "
                    + "current_setting('autoinstall_known_extensions'), current_setting('allow_community_extensions'), current_setting('allow_unsigned_extensions'), "
                    + "current_setting('allow_persistent_secrets'), current_setting('max_expression_depth'), current_setting('TimeZone')",
                1)
            .rows()
            .get(0);

    assertThat(settings.subList(0, 3)).hasToString("[1.0 GiB, 2, 4.0 GiB]");
    assertThat(settings.subList(3, 10))
        .hasToString("[false, false, false, false, false, 500, UTC]");
  }
}
