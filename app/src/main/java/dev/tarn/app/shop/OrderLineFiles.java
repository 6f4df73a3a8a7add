package dev.tarn.app.shop;

import dev.tarn.app.shop.Order.Line;
import dev.tarn.app.shop.Order.Status;
import java.io.IOException;
import java.util.List;

/// What was ordered, line by line; from October 2024 on, discounts are written as percentages.
final class OrderLineFiles {

  private static final String HEADER =
      "order_id,line_number,sku,quantity,unit_price,discount,tax_rate,warehouse\n";
  private static final int PERCENT_SINCE = 21;
  private static final List<byte[]> WAREHOUSES =
      List.of(Rows.bytes("Berlin-1"), Rows.bytes("Berlin-2"), Rows.bytes("Lyon-1"));
  private static final byte[] BOOK_TAX = Rows.bytes("0.07");
  private static final byte[] TAX = Rows.bytes("0.19");

  private final ShopCalendar calendar;
  private final OrderBook book;
  private final Catalogue catalogue;

  OrderLineFiles(ShopCalendar calendar, OrderBook book, Catalogue catalogue) {
    this.calendar = calendar;
    this.book = book;
    this.catalogue = catalogue;
  }

  List<ShopFile> files() {
    return new OrderMonths(calendar, book).files("order_lines", HEADER, this::order);
  }

  private void order(Rows rows, int month, Order order, Tally tally) throws IOException {
    for (var line : order.lines()) {
      if (line.number() == 1) {
        firstLine(rows, month, order, line, tally);
      } else {
        good(rows, month, order, line, tally);
      }
    }
  }

  /// Dirt strikes the first line of an order only; the first kind that strikes wins.
  private void firstLine(Rows rows, int month, Order order, Line line, Tally tally)
      throws IOException {
    if (book.struck(Dirt.LINE_TOO_FEW_FIELDS, order)) {
      rows.number(order.id())
          .mark(',')
          .number(line.number())
          .mark(',')
          .text(catalogue.sku(line.product()));
      rows.mark('\n');
      tally.found(Dirt.LINE_TOO_FEW_FIELDS);
    } else if (book.struck(Dirt.LINE_NEGATIVE_PRICE, order)) {
      row(rows, month, order, order.id(), line, -line.priceCents());
      tally.row();
      tally.found(Dirt.LINE_NEGATIVE_PRICE);
    } else if (book.struck(Dirt.LINE_OF_MISSING_ORDER, order)) {
      good(rows, month, order, line, tally);
      row(rows, month, order, order.id() + book.size() * 10, line, line.priceCents());
      tally.row();
      tally.found(Dirt.LINE_OF_MISSING_ORDER);
    } else if (book.struck(Dirt.LINE_EXPORTED_TWICE, order)) {
      good(rows, month, order, line, tally);
      row(rows, month, order, order.id(), line, line.priceCents());
      tally.row();
      tally.found(Dirt.LINE_EXPORTED_TWICE);
    } else {
      good(rows, month, order, line, tally);
    }
  }

  private void good(Rows rows, int month, Order order, Line line, Tally tally) throws IOException {
    row(rows, month, order, order.id(), line, line.priceCents());
    tally.row();
    if (order.isReadable()) {
      tally.truth("order_lines_on_a_day", 1);
      if (order.status() != Status.CANCELLED) {
        tally.truth("revenue_cents", line.netCents(order.discountPercent()));
      }
    }
  }

  private void row(Rows rows, int month, Order order, long orderId, Line line, int priceCents)
      throws IOException {
    rows.number(orderId).mark(',').number(line.number()).mark(',');
    rows.text(catalogue.sku(line.product())).mark(',').number(line.quantity()).mark(',');
    rows.money(priceCents).mark(',');
    if (month < PERCENT_SINCE) {
      rows.money(order.discountPercent());
    } else {
      rows.number(order.discountPercent()).mark('%');
    }
    rows.mark(',')
        .text(catalogue.category(line.product()) == Catalogue.Category.BOOKS ? BOOK_TAX : TAX);
    rows.mark(',').text(WAREHOUSES.get(line.product() % WAREHOUSES.size())).mark('\n');
  }
}
