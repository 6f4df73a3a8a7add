package dev.tarn.store;

import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresBranchesTest implements BranchesContract {
  private MetadataLocation location = MetadataLocation.parse("nothing", Path.of("."));

  @BeforeEach
  void begin(TemporaryPostgres postgres) {
    location = MetadataLocation.parse(postgres.freshDatabase(), Path.of("."));
  }

  @Override
  public MetadataLocation location() {
    return location;
  }
}
