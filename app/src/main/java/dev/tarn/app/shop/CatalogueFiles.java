package dev.tarn.app.shop;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// The catalogue, complete every half-year: pipes between fields, comments, `\N`; weights change to
/// grams in 2024.
final class CatalogueFiles {

  private static final int GRAMS_SINCE = 2;
  private static final List<String> BRANDS =
      List.of("Tarn", "Fjell", "Kiesel", "Ardoise", "Lago", "Hus & Hjem");

  private final Catalogue catalogue;

  CatalogueFiles(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  List<ShopFile> files() {
    return Catalogue.EDITIONS.stream()
        .map(day ->
            new ShopFile(
                "products/catalogue-" + date(day) + ".psv",
                (rows, tally) -> write(day, rows, tally)))
        .toList();
  }

  private static LocalDate date(int day) {
    return ShopCalendar.FIRST_DAY.plusDays(day);
  }

  private void write(int day, Rows rows, Tally tally) throws IOException {
    var grams = Catalogue.EDITIONS.indexOf(day) >= GRAMS_SINCE;
    rows.text("# Catalogue of " + date(day) + ", prices in EUR\n");
    rows.text(
        "sku|name|category|brand|list_price|cost|"
            + (grams ? "weight_g" : "weight_kg")
            + "|valid_from\n");
    for (var product = 0; product < catalogue.size(); product++) {
      if (catalogue.isSold(product, day)) {
        row(rows, product, day, grams);
        tally.row();
        tally.truth(
            "products", Catalogue.EDITIONS.indexOf(day) == Catalogue.EDITIONS.size() - 1 ? 1 : 0);
      }
      if (product % 500 == 499) {
        rows.text("# page " + (product / 500 + 1) + "\n");
      }
    }
  }

  private void row(Rows rows, int product, int day, boolean grams) throws IOException {
    var price = catalogue.priceCents(product, day);
    rows.text(catalogue.sku(product)).mark('|').text(catalogue.name(product)).mark('|');
    rows.text(category(product)).mark('|').text(BRANDS.get(product % BRANDS.size())).mark('|');
    rows.money(price).mark('|').money(price * 6L / 10).mark('|');
    weight(rows, 50 + product * 37L % 4_000, product, grams);
    rows.mark('|').text(date(day) + "\n");
  }

  /// The label of a category as somebody typed it.
  private String category(int product) {
    var label = catalogue.category(product).label;
    return switch (product % 40) {
      case 13 -> label.toUpperCase(Locale.ROOT);
      case 26 -> label + " ";
      default -> label;
    };
  }

  private static void weight(Rows rows, long weight, int product, boolean grams)
      throws IOException {
    if (product % 25 == 24) {
      rows.text("\\N");
    } else if (grams) {
      rows.number(weight);
    } else {
      rows.number(weight / 1_000).mark('.').number(weight % 1_000, 3);
    }
  }
}
