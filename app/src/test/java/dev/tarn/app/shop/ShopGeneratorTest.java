package dev.tarn.app.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopGeneratorTest {

  private static final long SEED = 42;

  @TempDir Path folder;

  @Test
  void the_same_seed_writes_the_same_bytes_however_many_threads_write() throws IOException {
    var one = folder.resolve("one");
    var other = folder.resolve("other");

    new ShopGenerator(SEED, 0.02, 1).writeInto(one);
    new ShopGenerator(SEED, 0.02, 3).writeInto(other);

    assertThat(hashes(one)).isEqualTo(hashes(other));
  }

  @Test
  void another_seed_writes_another_shop() throws IOException {
    var one = folder.resolve("one");
    var other = folder.resolve("other");

    new ShopGenerator(SEED, 0.01, 2).writeInto(one);
    new ShopGenerator(SEED + 1, 0.01, 2).writeInto(other);

    assertThat(hashes(one).get("orders/orders-2023-01.csv"))
        .isNotEqualTo(hashes(other).get("orders/orders-2023-01.csv"));
  }

  @Test
  void scale_multiplies_the_orders_and_all_that_follows_from_them() throws IOException {
    var small = new ShopGenerator(SEED, 0.01, 2).writeInto(folder.resolve("small"));
    var large = new ShopGenerator(SEED, 0.1, 2).writeInto(folder.resolve("large"));

    assertThat(small.rows().get("orders")).isBetween(1_000L, 1_060L);
    assertThat(large.rows().get("orders")).isBetween(10_000L, 10_600L);
    for (var source : new String[] {"orders", "order_lines", "payments", "clicks", "customers"}) {
      var ratio = large.rows().get(source) / (double) small.rows().get(source);
      assertThat(ratio).as(source).isBetween(9.0, 11.0);
    }
  }

  @Test
  void even_a_small_shop_has_every_kind_of_file_and_every_kind_of_dirt() throws IOException {
    var manifest = new ShopGenerator(SEED, 0.01, 2).writeInto(folder);

    assertThat(manifest.files())
        .isEqualTo(
            Map.of(
                "customers", 24L,
                "customers_legacy", 1L,
                "products", 4L,
                "orders", 24L,
                "order_lines", 24L,
                "payments", 24L,
                "clicks", 24L));
    for (var kind : Dirt.values()) {
      assertThat(manifest.count(kind)).as(kind.name()).isPositive();
    }
    assertThat(folder.resolve("data/clicks/clicks-2023-01.ndjson.gz")).isNotEmptyFile();
    assertThat(folder.resolve("data/clicks/clicks-2024-12.ndjson")).isNotEmptyFile();
    assertThat(folder.resolve("data/MANIFEST.json")).content().contains("ORDER_BAD_DATE");
  }

  @Test
  void dirt_is_as_frequent_as_it_says() throws IOException {
    var manifest = new ShopGenerator(SEED, 0.2, 2).writeInto(folder);

    assertThat(manifest.count(Dirt.ORDER_EXPORTED_TWICE)).isBetween(90L, 100L);
    assertThat(manifest.count(Dirt.ORDER_BAD_DATE)).isBetween(17L, 20L);
    assertThat(manifest.count(Dirt.ORDER_FILE_CUT_OFF)).isEqualTo(2);
    assertThat(manifest.count(Dirt.LINE_NEGATIVE_PRICE)).isBetween(5L, 7L);
  }

  @Test
  void a_scale_of_nothing_is_refused() {
    assertThatThrownBy(() -> new ShopGenerator(SEED, 0, 1))
        .hasMessageContaining("scale must be above 0");
  }

  private static Map<String, String> hashes(Path project) throws IOException {
    var hashes = new TreeMap<String, String>();
    var data = project.resolve("data");
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(data.relativize(file).toString(), Sha256.of(file));
      }
    }
    return hashes;
  }
}
