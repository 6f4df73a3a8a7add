package dev.tarn.app.shop;

import dev.tarn.app.shop.ClickRows.Visit;
import dev.tarn.app.shop.Dice.Topic;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// What visitors did on the site, one JSON object a line: the sessions around every 25th order.
///
/// One session ends with that order, the others do not buy. The first months are compressed.
final class ClickFiles {

  private static final int ONE_ORDER_IN = 25;
  private static final int TRACKED = 7;
  private static final int VISITS_PER_PURCHASE = 20;
  private static final int COMPRESSED_UNTIL = 2;
  private static final int LATEST_START_SECOND = 84_000;
  private static final int LONGEST_PURCHASE_SECONDS = 600;

  private final long seed;
  private final ShopCalendar calendar;
  private final OrderBook book;
  private final Catalogue catalogue;

  ClickFiles(long seed, ShopCalendar calendar, OrderBook book, Catalogue catalogue) {
    this.seed = seed;
    this.calendar = calendar;
    this.book = book;
    this.catalogue = catalogue;
  }

  List<ShopFile> files() {
    return IntStream.range(0, ShopCalendar.MONTHS)
        .mapToObj(month ->
            new ShopFile(
                "clicks/clicks-%s.ndjson%s"
                    .formatted(ShopCalendar.monthOf(month), month < COMPRESSED_UNTIL ? ".gz" : ""),
                (rows, tally) -> write(month, rows, tally)))
        .toList();
  }

  private void write(int month, Rows rows, Tally tally) throws IOException {
    var clicks = new ClickRows(rows, tally, calendar, catalogue, month);
    for (var day = ShopCalendar.firstDay(month); day < ShopCalendar.firstDay(month + 1); day++) {
      var before = calendar.ordersBefore(day);
      var number = before + Math.floorMod(TRACKED - before, ONE_ORDER_IN);
      for (; number < calendar.ordersBefore(day + 1); number += ONE_ORDER_IN) {
        visits(clicks, book.order(number, day), tally);
      }
    }
  }

  private void visits(ClickRows clicks, Order order, Tally tally) throws IOException {
    var dice = new Dice(seed, Topic.CLICK, order.id());
    var bot = struck(Dirt.CLICK_OF_BOT, order) ? dice.below(VISITS_PER_PURCHASE) : -1;
    for (var number = 0; number < VISITS_PER_PURCHASE; number++) {
      var start = Math.clamp(order.second() + dice.below(14_400) - 7_200L, 0, LATEST_START_SECOND);
      var customer =
          dice.oneIn(4) ? 1 + dice.below((int) calendar.customersBefore(order.day())) : 0L;
      browse(
          clicks.new Session(new Visit(order, number, start, number == bot, customer), dice),
          number == bot,
          dice,
          order.day());
    }
    if (bot >= 0) {
      tally.found(Dirt.CLICK_OF_BOT);
    }
    buy(clicks, order, dice, tally);
  }

  /// A session without an order: most leave after a page or two, few reach the checkout.
  private void browse(ClickRows.Session session, boolean bot, Dice dice, int day)
      throws IOException {
    session.page(ClickRows.PAGE_VIEW);
    var product = -1;
    for (var views = bot ? 5 : Math.min(dice.below(4), dice.below(3)); views > 0; views--) {
      product = catalogue.popular(dice, day);
      session.product(ClickRows.PRODUCT_VIEW, product);
    }
    if (product >= 0 && !bot && dice.oneIn(5)) {
      session.product(ClickRows.ADD_TO_CART, product);
      if (dice.oneIn(3)) {
        session.page(ClickRows.CHECKOUT);
      }
    }
  }

  private void buy(ClickRows clicks, Order order, Dice dice, Tally tally) throws IOException {
    var start = Math.max(0, order.second() - LONGEST_PURCHASE_SECONDS);
    var visit = new Visit(order, VISITS_PER_PURCHASE, start, false, order.customer());
    var session = clicks.new Session(visit, dice);
    session.page(ClickRows.PAGE_VIEW);
    for (var line : order.lines()) {
      session.product(ClickRows.PRODUCT_VIEW, line.product());
      session.product(ClickRows.ADD_TO_CART, line.product());
    }
    session.page(ClickRows.CHECKOUT);
    if (struck(Dirt.CLICK_CUT_OFF, order)) {
      session.cutOff();
      tally.found(Dirt.CLICK_CUT_OFF);
    } else {
      var twice = struck(Dirt.CLICK_SENT_TWICE, order);
      session.purchase(twice);
      tally.truth("purchases", 1);
      if (twice) {
        tally.found(Dirt.CLICK_SENT_TWICE);
      }
    }
  }

  private boolean struck(Dirt kind, Order order) {
    return kind.strikes(seed, order.id() / ONE_ORDER_IN, Math.max(1, book.size() / ONE_ORDER_IN));
  }
}
