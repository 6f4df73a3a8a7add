package dev.tarn.app.shop;

import dev.tarn.app.shop.Order.Status;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The orders, as the shop system exports them after each month; its columns drift over the years.
final class OrderFiles {

  private static final int COUPON_SINCE = 12;
  private static final int SALES_CHANNEL_SINCE = 15;
  private static final int NO_NEWSLETTER_SINCE = 18;
  private static final List<byte[]> NOTES =
      List.of(
          Rows.bytes(""),
          Rows.bytes("\"Happy birthday, Anna\""),
          Rows.bytes("Frohe Weihnachten!"),
          Rows.bytes("\"For \"\"the best\"\" dad\""),
          Rows.bytes("\"Dear Tom,\nall the best\""));
  private static final byte[] UNBALANCED = Rows.bytes("\"For \"the best\" mum\"");
  private static final byte[] CUT_OFF = Rows.bytes(",delivered,web,DE,\"Ber");
  private static final List<byte[]> BAD_DATES =
      List.of(Rows.bytes("2024-13-45 10:00:00"), Rows.bytes("0000-00-00 00:00:00"), Rows.bytes(""));

  private final ShopCalendar calendar;
  private final OrderBook book;

  OrderFiles(ShopCalendar calendar, OrderBook book) {
    this.calendar = calendar;
    this.book = book;
  }

  List<ShopFile> files() {
    return IntStream.range(0, ShopCalendar.MONTHS)
        .mapToObj(month ->
            new ShopFile(
                "orders/orders-" + ShopCalendar.monthOf(month) + ".csv",
                (rows, tally) -> write(month, rows, tally)))
        .toList();
  }

  private void write(int month, Rows rows, Tally tally) throws IOException {
    rows.text(header(month));
    for (var day = ShopCalendar.firstDay(month); day < ShopCalendar.firstDay(month + 1); day++) {
      for (var number = calendar.ordersBefore(day);
          number < calendar.ordersBefore(day + 1);
          number++) {
        var order = book.order(number, day);
        firstVersion(rows, month, order, tally);
        tally.truth("orders", order.isReadable() || order.has(Dirt.ORDER_BAD_DATE) ? 1 : 0);
      }
    }
    again(month, Dirt.ORDER_EXPORTED_TWICE, month, rows, tally);
    if (month > 0) {
      again(month - 1, Dirt.ORDER_UPDATED_LATER, month, rows, tally);
    }
    if (month % 12 == 11) {
      var lastDay = ShopCalendar.firstDay(month + 1) - 1;
      var last = book.order(calendar.ordersBefore(lastDay + 1) - 1, lastDay);
      rows.number(last.id()).mark(',').number(last.customer()).mark(',');
      rows.text(calendar.isoDay(lastDay)).mark(' ').time(last.second()).text(CUT_OFF);
      tally.found(Dirt.ORDER_FILE_CUT_OFF);
    }
  }

  private static String header(int month) {
    return "order_id,customer_id,ordered_at,status,"
        + (month < SALES_CHANNEL_SINCE ? "channel" : "sales_channel")
        + ",shipping_country,shipping_city,shipping_cost,gift_note"
        + (month < NO_NEWSLETTER_SINCE ? ",newsletter" : "")
        + ",updated_at"
        + (month < COUPON_SINCE ? "" : ",coupon")
        + "\n";
  }

  /// Writes the orders of one month that a kind of dirt struck into the file of the same or a later
  /// month.
  private void again(int from, Dirt kind, int month, Rows rows, Tally tally) throws IOException {
    for (var day = ShopCalendar.firstDay(from); day < ShopCalendar.firstDay(from + 1); day++) {
      for (var number = calendar.ordersBefore(day);
          number < calendar.ordersBefore(day + 1);
          number++) {
        if (book.dirt(number, day).equals(Optional.of(kind))) {
          var order = book.order(number, day);
          var late = kind == Dirt.ORDER_UPDATED_LATER ? 25 : 0;
          row(rows, month, order, order.status(), order.daysUntilFinal() + late);
          tally.found(kind);
          tally.row();
        }
      }
    }
  }

  private void firstVersion(Rows rows, int month, Order order, Tally tally) throws IOException {
    row(rows, month, order, order.firstStatus(), order.daysUntilFinal());
    if (order.isReadable() || order.has(Dirt.ORDER_BAD_DATE)) {
      tally.row();
    }
    if (order.dirt().isPresent()
        && !order.has(Dirt.ORDER_EXPORTED_TWICE)
        && !order.has(Dirt.ORDER_UPDATED_LATER)) {
      tally.found(order.dirt().orElseThrow());
    }
  }

  private void row(Rows rows, int month, Order order, Status status, int updatedAfterDays)
      throws IOException {
    var stranger = order.has(Dirt.ORDER_OF_MISSING_CUSTOMER) ? calendar.customers() * 10 : 0;
    rows.number(order.id()).mark(',').number(order.customer() + stranger).mark(',');
    orderedAt(rows, order).mark(',');
    status(rows, order, status);
    if (order.has(Dirt.ORDER_TOO_FEW_FIELDS)) {
      rows.mark('\n');
      return;
    }
    var cities = order.country().cities;
    rows.mark(',').text(order.channel().text).mark(',').text(order.country().code).mark(',');
    rows.mark('"')
        .text(cities.get((int) (order.customer() % cities.size())).utf8)
        .mark('"')
        .mark(',');
    rows.money(order.shippingCents()).mark(',');
    rows.text(order.has(Dirt.ORDER_UNBALANCED_QUOTE) ? UNBALANCED : NOTES.get(order.note()))
        .mark(',');
    if (month < NO_NEWSLETTER_SINCE) {
      rows.mark(order.id() % 3 == 0 ? '1' : '0').mark(',');
    }
    rows.text(calendar.isoDay(order.day() + updatedAfterDays)).mark(' ').time(order.second());
    ending(rows, month, order);
  }

  private Rows orderedAt(Rows rows, Order order) throws IOException {
    if (order.has(Dirt.ORDER_BAD_DATE)) {
      return rows.text(BAD_DATES.get((int) (order.id() % BAD_DATES.size())));
    }
    return rows.text(calendar.isoDay(order.day())).mark(' ').time(order.second());
  }

  private static void status(Rows rows, Order order, Status status) throws IOException {
    if (!order.has(Dirt.ORDER_STATUS_UNTIDY)) {
      rows.text(status.text);
      return;
    }
    switch (status) {
      case CANCELLED -> rows.text("canceled");
      case RETURNED -> rows.text(" Returned");
      case PLACED, SHIPPED, DELIVERED -> rows.text(status.name()).mark(' ');
    }
  }

  private static void ending(Rows rows, int month, Order order) throws IOException {
    if (month >= COUPON_SINCE) {
      rows.mark(',');
      if (order.discountPercent() > 0) {
        rows.text("SAVE").number(order.discountPercent());
      }
    }
    if (order.has(Dirt.ORDER_TOO_MANY_FIELDS)) {
      rows.text(",??");
    }
    rows.mark('\n');
  }
}
