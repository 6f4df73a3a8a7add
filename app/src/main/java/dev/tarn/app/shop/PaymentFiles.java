package dev.tarn.app.shop;

import dev.tarn.app.shop.Dice.Topic;
import dev.tarn.app.shop.Order.Status;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What was paid and refunded, as the bookkeepers' ledger exports it: semicolons, German dates and
/// numbers.
final class PaymentFiles {

  private static final String HEADER = "payment_id;order_id;kind;method;paid_at;amount;currency\n";
  private static final List<byte[]> METHODS =
      List.of(Rows.bytes("card"), Rows.bytes("paypal"), Rows.bytes("invoice"), Rows.bytes("\\N"));
  private static final byte[] CAPTURE = Rows.bytes(";capture;");
  private static final byte[] REFUND = Rows.bytes(";refund;");
  private static final byte[] CURRENCY = Rows.bytes(";EUR\n");

  private static final List<Dirt> KINDS =
      List.of(Dirt.PAYMENT_NEGATIVE, Dirt.PAYMENT_BAD_DATE, Dirt.PAYMENT_EXPORTED_TWICE);
  private static final byte[] IMPOSSIBLE_DAY = Rows.bytes("31.02.2024");
  private static final byte[] NO_DAY = Rows.bytes("00.00.0000");

  private final long seed;
  private final ShopCalendar calendar;
  private final OrderBook book;

  PaymentFiles(long seed, ShopCalendar calendar, OrderBook book) {
    this.seed = seed;
    this.calendar = calendar;
    this.book = book;
  }

  List<ShopFile> files() {
    return new OrderMonths(calendar, book).files("payments", HEADER, this::order);
  }

  private void order(Rows rows, int month, Order order, Tally tally) throws IOException {
    if (order.status() != Status.CANCELLED && order.status() != Status.PLACED) {
      paid(rows, order, tally);
    }
  }

  private void paid(Rows rows, Order order, Tally tally) throws IOException {
    var dirt = KINDS.stream().filter(kind -> book.struck(kind, order)).findFirst();
    dirt.ifPresent(tally::found);
    capture(rows, order, dirt, tally);
    if (is(dirt, Dirt.PAYMENT_EXPORTED_TWICE)) {
      capture(rows, order, dirt, tally);
    }
    if (order.status() == Status.RETURNED) {
      start(rows, order, 2, REFUND);
      rows.text(calendar.ledgerDay(order.day() + order.daysUntilFinal()))
          .mark(' ')
          .time(order.second());
      rows.mark(';').ledgerMoney(-order.goodsCents()).text(CURRENCY);
      tally.row();
    }
  }

  private void capture(Rows rows, Order order, Optional<Dirt> dirt, Tally tally)
      throws IOException {
    start(rows, order, 1, CAPTURE);
    if (is(dirt, Dirt.PAYMENT_BAD_DATE)) {
      rows.text(order.id() % 2 == 0 ? IMPOSSIBLE_DAY : NO_DAY);
    } else {
      rows.text(calendar.ledgerDay(order.day()));
    }
    rows.mark(' ').time(order.second()).mark(';');
    var sign = is(dirt, Dirt.PAYMENT_NEGATIVE) ? -1 : 1;
    rows.ledgerMoney(sign * order.totalCents()).text(CURRENCY);
    tally.row();
  }

  private static boolean is(Optional<Dirt> dirt, Dirt kind) {
    return dirt.equals(Optional.of(kind));
  }

  private void start(Rows rows, Order order, int part, byte[] kind) throws IOException {
    rows.mark('P')
        .number(order.id())
        .mark('-')
        .number(part)
        .mark(';')
        .number(order.id())
        .text(kind);
    rows.text(method(order)).mark(';');
  }

  private byte[] method(Order order) {
    var percent = new Dice(seed, Topic.PAYMENT, order.id()).below(100);
    return METHODS.get(percent < 48 ? 0 : percent < 78 ? 1 : percent < 99 ? 2 : 3);
  }
}
