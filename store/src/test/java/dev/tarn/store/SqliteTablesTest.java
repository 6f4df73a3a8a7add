package dev.tarn.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteTablesTest implements TypedTablesContract {
  @TempDir Path folder;
  private MetadataStore store;

  @BeforeEach
  void open() {
    store = Given.open(MetadataLocation.parse("a new folder/100%?#/tarn.db", folder));
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
