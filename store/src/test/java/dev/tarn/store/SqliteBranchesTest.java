package dev.tarn.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteBranchesTest implements BranchesContract {
  @TempDir Path folder;

  @Override
  public MetadataLocation location() {
    return MetadataLocation.parse("tarn.db", folder);
  }
}
