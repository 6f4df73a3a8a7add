package dev.tarn.app.shop;

import dev.tarn.app.shop.Dice.Topic;
import java.util.List;

/// What the shop sells, and for how much at which time: prices rise at the start of each half-year.
final class Catalogue {

  /// Days on which a new catalogue appears: 2023-01-01, 2023-07-01, 2024-01-01 and 2024-07-01.
  static final List<Integer> EDITIONS =
      List.of(0, ShopCalendar.firstDay(6), ShopCalendar.firstDay(12), ShopCalendar.firstDay(18));

  private static final List<String> ADJECTIVES =
      List.of(
          "Alpine", "Classic", "Nordic", "Urban", "Organic", "Compact", "Cosy", "Smart", "Light",
          "Solid");

  private final int[][] priceCents;
  private final byte[][] skus;
  private final Category[] categories;
  private final long seed;

  Catalogue(long seed, double scale) {
    this.seed = seed;
    var products = Math.clamp(Math.round(1_000 * Math.sqrt(scale)), 120, 20_000);
    skus = new byte[products][];
    categories = new Category[products];
    priceCents = new int[EDITIONS.size()][products];
    for (var product = 0; product < products; product++) {
      var kinds = Category.values();
      categories[product] = kinds[new Dice(seed, Topic.PRODUCT, product).below(kinds.length)];
      skus[product] = Rows.bytes("%s-%05d".formatted(category(product).prefix, product + 1));
      price(product);
    }
  }

  /// A category with its goods and its usual price.
  enum Category {
    CLOTHING(
        "CL", "Clothing", 3_900, List.of("Jumper", "Jacket", "Scarf", "Shirt", "Socks", "Cap")),
    OUTDOOR("OD", "Outdoor", 7_900, List.of("Tent", "Rucksack", "Stove", "Lamp", "Rope", "Bottle")),
    KITCHEN("KI", "Kitchen", 2_900, List.of("Pan", "Kettle", "Knife", "Bowl", "Grinder", "Board")),
    BOOKS(
        "BO", "Books", 1_800, List.of("Atlas", "Guide", "Novel", "Cookbook", "Diary", "Calendar")),
    TOYS("TO", "Toys", 2_400, List.of("Puzzle", "Train", "Kite", "Blocks", "Game", "Bear")),
    ELECTRONICS(
        "EL",
        "Electronics",
        14_900,
        List.of("Headphones", "Radio", "Watch", "Charger", "Camera", "Speaker"));

    final String prefix;
    final String label;
    final int usualCents;
    final List<String> goods;

    Category(String prefix, String label, int usualCents, List<String> goods) {
      this.prefix = prefix;
      this.label = label;
      this.usualCents = usualCents;
      this.goods = goods;
    }
  }

  int size() {
    return skus.length;
  }

  byte[] sku(int product) {
    return skus[product];
  }

  Category category(int product) {
    return categories[product];
  }

  String name(int product) {
    var dice = new Dice(seed + 1, Topic.PRODUCT, product);
    var goods = category(product).goods;
    return ADJECTIVES.get(dice.below(ADJECTIVES.size()))
        + " "
        + goods.get(dice.below(goods.size()));
  }

  int priceCents(int product, int day) {
    return priceCents[edition(day)][product];
  }

  /// One product is never sold before it is in the catalogue: the last tenth comes with the second
  /// edition.
  boolean isSold(int product, int day) {
    return product < size() * 9L / 10 || edition(day) > 0;
  }

  /// A product as customers choose it: a few of them much more often than most.
  int popular(Dice dice, int day) {
    var luck = dice.fraction();
    var product = (int) (size() * luck * luck * luck);
    return isSold(product, day) ? product : product / 2;
  }

  private static int edition(int day) {
    var edition = EDITIONS.size() - 1;
    while (edition > 0 && EDITIONS.get(edition) > day) {
      edition--;
    }
    return edition;
  }

  private void price(int product) {
    var dice = new Dice(seed + 2, Topic.PRODUCT, product);
    var cents = category(product).usualCents * (0.3 + 2 * dice.fraction() * dice.fraction());
    for (var edition = 0; edition < EDITIONS.size(); edition++) {
      priceCents[edition][product] = (int) (cents / 10) * 10 + 9;
      cents *= dice.oneIn(2) ? 1.05 : 1;
    }
  }
}
