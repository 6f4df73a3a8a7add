package dev.tarn.app.shop;

import java.util.List;
import java.util.Optional;

/// One order as it finally was, with its lines and at most one kind of dirt.
record Order(
    long id,
    long customer,
    Country country,
    int day,
    int second,
    Channel channel,
    Status status,
    int daysUntilFinal,
    int discountPercent,
    int shippingCents,
    int note,
    List<Line> lines,
    Optional<Dirt> dirt) {

  enum Channel {
    WEB,
    APP,
    PHONE;

    final byte[] text = Rows.bytes(name().toLowerCase(java.util.Locale.ROOT));
  }

  enum Status {
    PLACED,
    SHIPPED,
    DELIVERED,
    RETURNED,
    CANCELLED;

    final byte[] text = Rows.bytes(name().toLowerCase(java.util.Locale.ROOT));
  }

  /// One position of an order.
  record Line(int number, int product, int quantity, int priceCents) {

    long netCents(int discountPercent) {
      return ((long) quantity * priceCents * (100 - discountPercent) + 50) / 100;
    }
  }

  boolean has(Dirt kind) {
    return dirt.isPresent() && dirt.orElseThrow() == kind;
  }

  /// Whether the files tell when this order was placed: its revenue belongs to no day otherwise.
  boolean isReadable() {
    return !(has(Dirt.ORDER_BAD_DATE)
        || has(Dirt.ORDER_UNBALANCED_QUOTE)
        || has(Dirt.ORDER_TOO_FEW_FIELDS)
        || has(Dirt.ORDER_TOO_MANY_FIELDS));
  }

  long goodsCents() {
    var sum = 0L;
    for (var line : lines) {
      sum += line.netCents(discountPercent);
    }
    return sum;
  }

  long totalCents() {
    return goodsCents() + shippingCents;
  }

  /// The status in the file of the order's own month: an order that is updated later is still on
  /// its way there.
  Status firstStatus() {
    return has(Dirt.ORDER_UPDATED_LATER) ? Status.SHIPPED : status;
  }
}
