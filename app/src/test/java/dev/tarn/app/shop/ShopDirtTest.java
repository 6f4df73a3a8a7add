package dev.tarn.app.shop;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks for each kind of dirt in the files, with nothing but line splitting, and counts.
class ShopDirtTest {

  @TempDir static Path folder;
  private static ShopManifest manifest =
      new ShopManifest(0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  @BeforeAll
  static void makeShop() throws IOException {
    manifest = new ShopGenerator(7, 0.3, 2).writeInto(folder);
  }

  @Test
  void orders_have_bad_dates() throws IOException {
    var orders = lines("orders");

    assertThat(
            count(
                orders,
                line ->
                    line.contains(",2024-13-45 ")
                        || line.contains(",0000-00-00 ")
                        || line.matches("\\d+,\\d+,,.*")))
        .isEqualTo(manifest.count(Dirt.ORDER_BAD_DATE));
  }

  @Test
  void orders_have_broken_lines() throws IOException {
    var orders = lines("orders");

    assertThat(count(orders, line -> line.contains("\"For \"the best\" mum\"")))
        .isEqualTo(manifest.count(Dirt.ORDER_UNBALANCED_QUOTE));
    assertThat(count(orders, line -> line.endsWith(",??")))
        .isEqualTo(manifest.count(Dirt.ORDER_TOO_MANY_FIELDS));
    assertThat(count(orders, line -> line.matches("\\d+,\\d+,[^,]*,\\w+")))
        .isEqualTo(manifest.count(Dirt.ORDER_TOO_FEW_FIELDS));
    assertThat(count(orders, line -> line.endsWith(",\"Ber"))).isEqualTo(2);
  }

  @Test
  void orders_come_again_when_they_changed_and_sometimes_when_not() throws IOException {
    var whole =
        lines("orders").stream()
            .filter(line -> line.matches("\\d+,\\d+,.*,.*,.*,.*") && !line.endsWith("\"Ber"))
            .toList();
    var byLine = whole.stream().collect(groupingBy(Function.identity(), counting()));
    var byId = byLine.keySet().stream().collect(groupingBy(line -> line.split(",")[0], counting()));

    assertThat(byLine.values().stream().filter(times -> times == 2).count())
        .isEqualTo(manifest.count(Dirt.ORDER_EXPORTED_TWICE));
    assertThat(byId.values().stream().filter(versions -> versions == 2).count())
        .isEqualTo(manifest.count(Dirt.ORDER_UPDATED_LATER));
  }

  @Test
  void columns_of_orders_drift() throws IOException {
    assertThat(header("orders/orders-2023-12.csv"))
        .contains(",channel,", ",newsletter,")
        .doesNotContain("coupon");
    assertThat(header("orders/orders-2024-01.csv"))
        .contains(",channel,", ",newsletter,", ",coupon");
    assertThat(header("orders/orders-2024-04.csv"))
        .contains(",sales_channel,", ",newsletter,", ",coupon");
    assertThat(header("orders/orders-2024-07.csv"))
        .contains(",sales_channel,")
        .doesNotContain("newsletter");
  }

  @Test
  void order_lines_have_negative_prices_orphans_and_discounts_in_two_spellings()
      throws IOException {
    var lines = lines("order_lines");
    var orders = 30_000;

    assertThat(count(lines, line -> line.matches("\\d+,\\d+,[A-Z]{2}-\\d+,\\d+,-.*")))
        .isEqualTo(manifest.count(Dirt.LINE_NEGATIVE_PRICE));
    assertThat(
            count(
                lines,
                line ->
                    Character.isDigit(line.charAt(0))
                        && Long.parseLong(line.split(",")[0]) > orders))
        .isEqualTo(manifest.count(Dirt.LINE_OF_MISSING_ORDER));
    assertThat(count(lines, line -> line.matches("\\d+,\\d+,[A-Z]{2}-\\d+")))
        .isEqualTo(manifest.count(Dirt.LINE_TOO_FEW_FIELDS));
    assertThat(Files.readString(data("order_lines/order_lines-2024-09.csv"))).doesNotContain("%");
    assertThat(Files.readString(data("order_lines/order_lines-2024-10.csv"))).contains(",10%,");
  }

  @Test
  void customers_come_in_two_encodings_and_sometimes_in_the_wrong_one() throws IOException {
    var legacy = Files.readString(data("customers_legacy/kunden.csv"), StandardCharsets.ISO_8859_1);
    var customers = lines("customers");

    assertThat(legacy).contains(";Müller;", "\\N");
    assertThat(customers).anyMatch(line -> line.contains(",Müller,"));
    assertThat(count(customers, line -> line.contains("\uFFFD")))
        .isEqualTo(manifest.count(Dirt.CUSTOMER_WRONG_ENCODING));
    assertThat(count(customers, line -> line.contains("Ã")))
        .isEqualTo(manifest.count(Dirt.CUSTOMER_MOJIBAKE));
  }

  @Test
  void payments_are_written_the_german_way() throws IOException {
    var payments = lines("payments");

    assertThat(payments)
        .anyMatch(line ->
            line.matches("P\\d+-1;\\d+;capture;card;\\d\\d\\.\\d\\d\\.2023 .*;\\d+,\\d\\d;EUR"));
    assertThat(
            count(payments, line -> line.contains(";31.02.2024 ") || line.contains(";00.00.0000 ")))
        .isEqualTo(manifest.count(Dirt.PAYMENT_BAD_DATE));
    assertThat(count(payments, line -> line.contains(";capture;") && line.contains(";-")))
        .isEqualTo(manifest.count(Dirt.PAYMENT_NEGATIVE));
  }

  @Test
  void readable_rows_are_counted() throws IOException {
    var payments = lines("payments");
    var lines = lines("order_lines");

    assertThat(manifest.rows().get("payments")).isEqualTo(payments.size() - 24L);
    assertThat(manifest.rows().get("order_lines"))
        .isEqualTo(lines.size() - 24L - manifest.count(Dirt.LINE_TOO_FEW_FIELDS));
  }

  private static Path data(String path) {
    return folder.resolve("data").resolve(path);
  }

  private static String header(String path) throws IOException {
    return Files.readAllLines(data(path)).getFirst();
  }

  private static List<String> lines(String source) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(data(source))) {
      for (var file : files.sorted().toList()) {
        lines.addAll(
            List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")));
      }
    }
    return lines;
  }

  private static long count(List<String> lines, Predicate<String> wanted) {
    return lines.stream().filter(wanted).count();
  }
}
