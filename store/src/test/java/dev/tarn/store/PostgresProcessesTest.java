package dev.tarn.store;

import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresProcessesTest implements ProcessesContract {
  private MetadataLocation location = MetadataLocation.parse("unset", Path.of("."));

  /// Also in a schema of its own, as lakes that share a database have it.
  @BeforeEach
  void database(TemporaryPostgres postgres) {
    String url = postgres.freshDatabase() + "&currentSchema=lake_a";
    location = MetadataLocation.parse(url, Path.of("."));
  }

  @Override
  public MetadataLocation location() {
    return location;
  }
}
