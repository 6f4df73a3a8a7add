package dev.tarn.store;

import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresTablesTest implements TypedTablesContract {
  private MetadataStore store;

  @BeforeEach
  void open(TemporaryPostgres postgres) {
    store = Given.open(MetadataLocation.parse(postgres.freshDatabase(), Path.of(".")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public MetadataStore store() {
    return store;
  }
}
