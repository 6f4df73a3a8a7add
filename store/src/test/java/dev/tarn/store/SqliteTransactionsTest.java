package dev.tarn.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTransactionsTest implements TransactionsContract {
  @TempDir Path folder;

  @Override
  public MetadataLocation location() {
    return new MetadataLocation.SqliteFile(folder.resolve("tarn.db"));
  }
}
