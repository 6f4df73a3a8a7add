package dev.tarn.app.shop;

/// Every kind of dirt in the shop's data, how often it occurs, and what it looks like.
///
/// A kind strikes exactly once in every block of so many orders (customers, visits), at a place
/// that the seed decides: rates are exact at any scale, and small shops are not spared.
public enum Dirt {
  ORDER_EXPORTED_TWICE(
      "orders", 200, "the same order, byte for byte, again at the end of its file"),
  ORDER_UPDATED_LATER(
      "orders", 30, "next month's file carries a newer version of the order (updated_at)"),
  ORDER_BAD_DATE("orders", 1_000, "ordered_at is '2024-13-45 …', '0000-00-00 …' or empty"),
  ORDER_OF_MISSING_CUSTOMER("orders", 2_000, "customer_id that no customers file knows"),
  ORDER_STATUS_UNTIDY(
      "orders", 100, "status in capitals, padded with spaces or spelled differently"),
  ORDER_UNBALANCED_QUOTE(
      "orders", 9_000, "a quoted note with unescaped quotes inside: the line is broken"),
  ORDER_TOO_FEW_FIELDS("orders", 11_000, "the line ends after its fourth field"),
  ORDER_TOO_MANY_FIELDS("orders", 12_000, "the line has a field too many"),
  ORDER_FILE_CUT_OFF(
      "orders", 1, "December's files end in the middle of a quoted field (once per year)"),
  LINE_EXPORTED_TWICE("order_lines", 400, "the same order line twice in a row"),
  LINE_OF_MISSING_ORDER("order_lines", 2_500, "an extra order line whose order no file knows"),
  LINE_NEGATIVE_PRICE("order_lines", 3_000, "a negative unit price"),
  LINE_TOO_FEW_FIELDS("order_lines", 9_000, "the line ends after its third field"),
  PAYMENT_EXPORTED_TWICE("payments", 300, "the same payment twice in a row"),
  PAYMENT_NEGATIVE("payments", 2_500, "a capture with a negative amount"),
  PAYMENT_BAD_DATE("payments", 2_000, "paid_at is 31.02.… or 00.00.0000"),
  CUSTOMER_EXPORTED_TWICE("customers", 250, "the same customer twice in a row"),
  CUSTOMER_UPDATED_LATER(
      "customers", 15, "next month's file carries a newer version: moved house, new email"),
  CUSTOMER_MOJIBAKE("customers", 60, "names that were decoded wrongly before they came: 'MÃ¼ller'"),
  CUSTOMER_WRONG_ENCODING("customers", 1_500, "a Latin-1 line in a UTF-8 file: the line is broken"),
  CUSTOMER_BAD_EMAIL("customers", 150, "email without @, or in capitals with spaces around"),
  CUSTOMER_BAD_BIRTHDAY("customers", 200, "born on 0000-00-00 or 1900-01-01"),
  CLICK_SENT_TWICE("clicks", 7, "an event delivered twice: same event_id"),
  CLICK_CUT_OFF("clicks", 250, "a line of JSON cut off in the middle: the line is broken"),
  CLICK_OF_BOT("clicks", 4, "a session of a crawler that calls itself one");

  private final String source;
  private final int oncePer;
  private final String description;

  Dirt(String source, int oncePer, String description) {
    this.source = source;
    this.oncePer = oncePer;
    this.description = description;
  }

  /// The source whose files carry this dirt.
  public String source() {
    return source;
  }

  /// What this dirt looks like.
  public String description() {
    return description;
  }

  /// Whether this dirt strikes the thing with this number, of so many things.
  boolean strikes(long seed, long number, long population) {
    var block = Math.clamp(population / 3, 2, oncePer);
    var place = Dice.mix(seed + ordinal() * 7_919L + number / block * 104_729L) >>> 1;
    return number % block == place % block;
  }
}
