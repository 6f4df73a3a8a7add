package dev.tarn.app.shop;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// Files that have something of each order, one file a month.
record OrderMonths(ShopCalendar calendar, OrderBook book) {

  /// Writes what one order brings.
  @FunctionalInterface
  interface Entry {
    void write(Rows rows, int month, Order order, Tally tally) throws IOException;
  }

  /// @param name the folder, and how each file in it begins
  List<ShopFile> files(String name, String header, Entry entry) {
    return IntStream.range(0, ShopCalendar.MONTHS)
        .mapToObj(month ->
            new ShopFile(
                name + "/" + name + "-" + ShopCalendar.monthOf(month) + ".csv",
                (rows, tally) -> write(header, month, entry, rows, tally)))
        .toList();
  }

  private void write(String header, int month, Entry entry, Rows rows, Tally tally)
      throws IOException {
    rows.text(header);
    for (var day = ShopCalendar.firstDay(month); day < ShopCalendar.firstDay(month + 1); day++) {
      for (var number = calendar.ordersBefore(day);
          number < calendar.ordersBefore(day + 1);
          number++) {
        entry.write(rows, month, book.order(number, day), tally);
      }
    }
  }
}
