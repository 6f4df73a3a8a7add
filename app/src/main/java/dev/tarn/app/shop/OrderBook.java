package dev.tarn.app.shop;

import dev.tarn.app.shop.Dice.Topic;
import dev.tarn.app.shop.Order.Channel;
import dev.tarn.app.shop.Order.Line;
import dev.tarn.app.shop.Order.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every order of the shop, made on demand from its number.
final class OrderBook {

  private static final List<Dirt> KINDS =
      Arrays.stream(Dirt.values())
          .filter(kind -> kind.source().equals("orders") && kind != Dirt.ORDER_FILE_CUT_OFF)
          .toList();

  private static final int LAST_MONTH = ShopCalendar.firstDay(ShopCalendar.MONTHS - 1);

  private final long seed;
  private final ShopCalendar calendar;
  private final People people;
  private final Catalogue catalogue;

  OrderBook(long seed, ShopCalendar calendar, People people, Catalogue catalogue) {
    this.seed = seed;
    this.calendar = calendar;
    this.people = people;
    this.catalogue = catalogue;
  }

  long size() {
    return calendar.orders();
  }

  /// The one kind of dirt on the order with this number, if any; the first that strikes wins.
  ///
  /// The last month's orders are never updated later: there is no later file.
  Optional<Dirt> dirt(long number, int day) {
    for (var kind : KINDS) {
      if (kind.strikes(seed, number, size())) {
        var tooLate = kind == Dirt.ORDER_UPDATED_LATER && day >= LAST_MONTH;
        return tooLate ? Optional.empty() : Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// Whether another source's dirt strikes around this order.
  boolean struck(Dirt kind, Order order) {
    return kind.strikes(seed, order.id() - 1, size());
  }

  Order order(long number, int day) {
    var dice = new Dice(seed, Topic.ORDER, number);
    var customer = customer(dice, day);
    var country = people.country(customer);
    var dirt = dirt(number, day);
    return new Order(
        number + 1,
        customer,
        country,
        day,
        second(dice, number, day),
        channel(dice.below(100)),
        status(dice.below(100), day),
        1 + dice.below(6),
        dice.below(100) < 12 ? 5 * (1 + dice.below(4)) : 0,
        dice.oneIn(3) ? 0 : country == Country.DE ? 490 : 990,
        dice.below(100) < 8 ? 1 + dice.below(4) : 0,
        lines(dice, day),
        dirt);
  }

  /// Mostly customers who came lately, and some who come again and again.
  private long customer(Dice dice, int day) {
    var known = calendar.customersBefore(day);
    var luck = dice.fraction();
    var customer = known - 1 - (long) (known * luck * luck * luck);
    return 1 + (dice.below(100) < 15 ? customer - customer % 20 : customer);
  }

  /// Orders of a day follow one another: few at night, most between seven and midnight.
  private int second(Dice dice, long number, int day) {
    var first = calendar.ordersBefore(day);
    var count = calendar.ordersBefore(day + 1) - first;
    var share = (number - first + dice.fraction()) / count;
    return (int) (share < 0.06 ? share / 0.06 * 25_200 : 25_200 + (share - 0.06) / 0.94 * 61_200);
  }

  private static Channel channel(int percent) {
    return percent < 55 ? Channel.WEB : percent < 92 ? Channel.APP : Channel.PHONE;
  }

  private static Status status(int percent, int day) {
    if (day > ShopCalendar.DAYS - 4) {
      return percent < 50 ? Status.PLACED : Status.SHIPPED;
    }
    return percent < 89 ? Status.DELIVERED : percent < 96 ? Status.RETURNED : Status.CANCELLED;
  }

  private List<Line> lines(Dice dice, int day) {
    var lines = new Line[1 + Math.min(dice.below(4), dice.below(6))];
    for (var i = 0; i < lines.length; i++) {
      var product = catalogue.popular(dice, day);
      var quantity = dice.below(100) < 78 ? 1 : 1 + dice.below(4);
      lines[i] = new Line(i + 1, product, quantity, catalogue.priceCents(product, day));
    }
    return List.of(lines);
  }
}
