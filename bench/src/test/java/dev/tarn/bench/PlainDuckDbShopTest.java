package dev.tarn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.shop.ShopExample;
import dev.tarn.app.shop.ShopManifest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reference finds the truth beneath the dirt: what the generator says must come out, comes
/// out.
class PlainDuckDbShopTest {

  @TempDir static Path folder;
  private static ShopManifest manifest =
      new ShopManifest(0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  private static Map<String, Long> rows = Map.of();

  @BeforeAll
  static void runShop() throws Exception {
    var project = folder.resolve("shop");
    manifest = ShopExample.writeTo(project, 0.05, 42);
    var limits = new PlainDuckDbShop.Limits("1GB", 2);
    rows =
        new PlainDuckDbShop(project, folder.resolve("plain"), limits)
            .run().stream().collect(Collectors.toMap(PhaseTiming::table, PhaseTiming::rows));
  }

  @Test
  void bronze_has_every_readable_row_and_no_other() {
    manifest
        .rows()
        .forEach((source, count) -> assertThat(rows).containsEntry("bronze." + source, count));
  }

  @Test
  void silver_has_one_row_of_each() {
    assertThat(rows)
        .containsEntry("silver.orders", manifest.truth().get("orders"))
        .containsEntry("silver.customers", manifest.truth().get("customers"))
        .containsEntry("silver.products", manifest.truth().get("products"));
  }

  @Test
  void gold_counts_every_line_that_was_ordered_on_a_day() {
    assertThat(rows)
        .containsEntry("gold.fact_order_lines", manifest.truth().get("order_lines_on_a_day"));
  }

  @Test
  void gold_finds_the_revenue_to_the_cent() throws SQLException {
    var revenue =
        number("SELECT sum(revenue) FROM read_parquet('%s')", "gold/daily_revenue.parquet");

    assertThat(revenue)
        .isEqualByComparingTo(BigDecimal.valueOf(manifest.truth().get("revenue_cents"), 2));
  }

  @Test
  void gold_finds_every_purchase_on_the_site() throws SQLException {
    var purchases = number("SELECT sum(purchased) FROM read_parquet('%s')", "gold/funnel.parquet");

    assertThat(purchases)
        .isEqualByComparingTo(BigDecimal.valueOf(manifest.truth().get("purchases")));
  }

  private static BigDecimal number(String sql, String file) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql.formatted(folder.resolve("plain").resolve(file)))) {
      result.next();
      return result.getBigDecimal(1);
    }
  }
}
