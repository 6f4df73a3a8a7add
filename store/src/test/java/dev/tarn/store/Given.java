package dev.tarn.store;

import dev.tarn.testkit.ManualClock;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/// What the stories begin with.
final class Given {
  static final Instant NOW = Instant.parse("2026-05-01T08:00:00.123456Z");
  static final TableName ORDERS = TableName.parse("silver.orders");
  static final TableName CLICKS = TableName.parse("bronze.clicks");
  static final RunId RUN = run(1);
  static final StoreSettings IMPATIENT =
      new StoreSettings(Duration.ofMillis(50), 2, Duration.ofMillis(1));

  private Given() {}

  static RunId run(int seed) {
    return RunId.next(NOW, new SplittableRandom(seed));
  }

  static MetadataStore open(MetadataLocation location) {
    return MetadataStore.open(location, ManualClock.at(NOW));
  }

  static MetadataStore open(
      MetadataLocation location, StoreSettings settings, CommitSeam seam, Migrations migrations) {
    return MetadataStore.open(
        location, ManualClock.at(NOW), new SplittableRandom(7), settings, seam, migrations);
  }

  static Consumed consumed(String item, String version, Instant modified) {
    return new Consumed(CLICKS, item, version, 42, modified, "dev1:ino2", "taken", 10, 1, RUN, NOW);
  }

  static FileRecord file(String path) {
    return new FileRecord(path, 1 << 20, -123_456_789, ORDERS, FileKind.DATA, RUN);
  }

  static Drift drift(TableName table, String column) {
    return new Drift(table, "a.csv", column, "added", "", "varchar", "evolved", RUN, NOW);
  }

  static CheckResult check(TableName table, String name, List<String> samples) {
    return new CheckResult(
        table,
        name,
        "unique",
        "order_id is unique",
        "block",
        false,
        100,
        2,
        samples,
        "2 twice",
        NOW);
  }
}
