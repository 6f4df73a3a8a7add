package dev.tarn.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteProcessesTest implements ProcessesContract {
  @TempDir Path folder;

  @Override
  public MetadataLocation location() {
    return new MetadataLocation.SqliteFile(folder.resolve("tarn.db"));
  }
}
