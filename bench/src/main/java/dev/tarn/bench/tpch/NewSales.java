package dev.tarn.bench.tpch;

import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.SupplierGenerator;
import java.util.List;

/// Fits orders that were made for a base of twice the size into one of this size: they get its
/// customers, parts and suppliers, and the prices follow. As those of the greater base are, they
/// are spread over these evenly.
final class NewSales {
  /// The base uses the first 8 of each 32 keys.
  private static final int KEYS_IN_USE = 8;

  private static final int SUPPLIERS_OF_A_PART = 4;

  private final long customers;
  private final long parts;
  private final long suppliers;

  NewSales(double scale) {
    this.customers = (long) (CustomerGenerator.SCALE_BASE * scale);
    this.parts = (long) (PartGenerator.SCALE_BASE * scale);
    this.suppliers = (long) (SupplierGenerator.SCALE_BASE * scale);
  }

  /// A key in the gap behind the keys around one of the base.
  static long keyBehind(long key) {
    return key + KEYS_IN_USE;
  }

  /// @param key its own
  /// @param lines what it sells, as [#line] gives it
  Order order(long key, Order made, List<LineItem> lines) {
    return new Order(
        made.getRowNumber(),
        key,
        customer(made.getCustomerKey()),
        made.getOrderStatus(),
        lines.stream().mapToLong(NewSales::charged).sum(),
        made.getOrderDate(),
        made.getOrderPriority(),
        made.getClerk(),
        made.getShipPriority(),
        made.getComment());
  }

  /// @param key the order's
  LineItem line(long key, LineItem made) {
    long part = (made.getPartKey() - 1) % parts + 1;
    return new LineItem(
        made.getRowNumber(),
        key,
        part,
        supplier(part, made.getLineNumber()),
        made.getLineNumber(),
        made.getQuantity(),
        retailCents(part) * made.getQuantity(),
        made.getDiscountPercent(),
        made.getTaxPercent(),
        made.getReturnFlag(),
        made.getStatus(),
        made.getShipDate(),
        made.getCommitDate(),
        made.getReceiptDate(),
        made.getShipInstructions(),
        made.getShipMode(),
        made.getComment());
  }

  /// Every third customer never orders.
  private long customer(long made) {
    long here = (made - 1) % customers + 1;
    return here % OrderGenerator.CUSTOMER_MORTALITY == 0 ? here - 1 : here;
  }

  private static long retailCents(long part) {
    return 90_000 + part / 10 % 20_001 + 100 * (part % 1_000);
  }

  private long supplier(long part, int number) {
    long step = suppliers / SUPPLIERS_OF_A_PART + (part - 1) / suppliers;
    return (part + number % SUPPLIERS_OF_A_PART * step) % suppliers + 1;
  }

  private static long charged(LineItem line) {
    long discounted = line.getExtendedPriceInCents() * (100 - line.getDiscountPercent()) / 100;
    return discounted * (100 + line.getTaxPercent()) / 100;
  }
}
