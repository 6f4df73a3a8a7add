package dev.tarn.app.shop;

import java.io.IOException;
import java.util.List;

/// Writes one session after another as lines of JSON, event by event.
final class ClickRows {

  static final byte[] PAGE_VIEW = Rows.bytes("page_view");
  static final byte[] PRODUCT_VIEW = Rows.bytes("product_view");
  static final byte[] ADD_TO_CART = Rows.bytes("add_to_cart");
  static final byte[] CHECKOUT = Rows.bytes("checkout");
  static final byte[] PURCHASE = Rows.bytes("purchase");

  private static final int EXPERIMENT_SINCE = 17;
  private static final int PRICE_AS_TEXT_SINCE = 20;
  private static final int LONGEST_PAUSE_SECONDS = 50;

  private static final byte[] EVENT_ID = Rows.bytes("{\"event_id\":\"e");
  private static final byte[] AT = Rows.bytes("\",\"occurred_at\":\"");
  private static final byte[] TYPE = Rows.bytes("Z\",\"type\":\"");
  private static final byte[] SESSION = Rows.bytes("\",\"session\":{\"id\":\"s");
  private static final byte[] VISITOR = Rows.bytes("\",\"visitor\":\"v");
  private static final byte[] CUSTOMER = Rows.bytes("},\"customer_id\":");
  private static final byte[] PATH = Rows.bytes(",\"page\":{\"path\":\"");
  private static final byte[] PRODUCT = Rows.bytes("},\"product\":");
  private static final byte[] SKU = Rows.bytes("{\"sku\":\"");
  private static final byte[] PRICE = Rows.bytes("\",\"price\":");
  private static final byte[] ORDER = Rows.bytes(",\"order_id\":");
  private static final byte[] EXPERIMENT = Rows.bytes(",\"experiment\":\"checkout-");
  private static final byte[] NULL = Rows.bytes("null");
  private static final byte[] HOME = Rows.bytes("/");
  private static final byte[] CART = Rows.bytes("/checkout");
  private static final byte[] PRODUCT_PATH = Rows.bytes("/p/");

  private static final List<byte[]> DEVICES =
      List.of(
          Rows.bytes("\",\"device\":\"mobile\",\"os\":\"Android\",\"browser\":\"Chrome\""),
          Rows.bytes("\",\"device\":\"mobile\",\"os\":\"iOS\",\"browser\":\"Safari\""),
          Rows.bytes("\",\"device\":\"desktop\",\"os\":\"Windows\",\"browser\":\"Edge\""),
          Rows.bytes("\",\"device\":\"desktop\",\"os\":\"Linux\",\"browser\":\"Firefox\""),
          Rows.bytes("\",\"device\":\"tablet\",\"os\":\"iPadOS\",\"browser\":\"Safari\""));
  private static final byte[] BOT =
      Rows.bytes("\",\"device\":\"desktop\",\"os\":\"Linux\",\"browser\":\"SearchBot/2.1\"");
  private static final List<byte[]> REFERRERS =
      List.of(
          Rows.bytes("\",\"referrer\":null"),
          Rows.bytes("\",\"referrer\":\"https://www.search.example/\""),
          Rows.bytes("\",\"referrer\":\"https://social.example/feed\""),
          Rows.bytes("\",\"referrer\":\"https://news.example/\",\"campaign\":\"newsletter\""));

  private final Rows rows;
  private final Tally tally;
  private final ShopCalendar calendar;
  private final Catalogue catalogue;
  private final int month;

  ClickRows(Rows rows, Tally tally, ShopCalendar calendar, Catalogue catalogue, int month) {
    this.rows = rows;
    this.tally = tally;
    this.calendar = calendar;
    this.catalogue = catalogue;
    this.month = month;
  }

  /// A visit around the time of an order; customer 0 is somebody unknown.
  record Visit(Order order, int number, int startSecond, boolean bot, long customer) {}

  /// A visit in progress: events follow one another within seconds.
  final class Session {
    private final Visit visit;
    private final Dice dice;
    private final byte[] device;
    private final byte[] referrer;
    private final long visitor;
    private int second;
    private int events;

    Session(Visit visit, Dice dice) {
      this.visit = visit;
      this.dice = dice;
      device = visit.bot() ? BOT : DEVICES.get(dice.below(DEVICES.size()));
      referrer = REFERRERS.get(dice.below(REFERRERS.size()));
      visitor = visit.customer() > 0 ? visit.customer() : 10_000_000L + dice.below(90_000_000);
      second = visit.startSecond();
    }

    void page(byte[] type) throws IOException {
      next();
      head(type);
      rows.text(type == PAGE_VIEW ? HOME : CART).text(referrer).text(PRODUCT).text(NULL);
      end(0);
    }

    void product(byte[] type, int product) throws IOException {
      next();
      head(type);
      rows.text(PRODUCT_PATH).text(catalogue.sku(product)).text(referrer).text(PRODUCT);
      var quote = month >= PRICE_AS_TEXT_SINCE;
      rows.text(SKU).text(catalogue.sku(product)).text(PRICE).text(quote ? "\"" : "");
      rows.money(catalogue.priceCents(product, visit.order().day())).text(quote ? "\"}" : "}");
      end(0);
    }

    void purchase(boolean twice) throws IOException {
      next();
      for (var time = twice ? 2 : 1; time > 0; time--) {
        head(PURCHASE);
        rows.text(CART).text(referrer).text(PRODUCT).text(NULL);
        end(visit.order().id());
      }
    }

    /// A purchase whose line ends too early: nobody will ever know which order it was.
    void cutOff() throws IOException {
      next();
      head(PURCHASE);
      rows.mark('\n');
    }

    private void next() {
      second += 3 + dice.below(LONGEST_PAUSE_SECONDS - 3);
      events++;
    }

    private void head(byte[] type) throws IOException {
      var order = visit.order();
      rows.text(EVENT_ID)
          .number(order.id())
          .mark('-')
          .number(visit.number())
          .mark('-')
          .number(events);
      rows.text(AT).text(calendar.isoDay(order.day())).mark('T').time(second);
      rows.mark('.').number((second + order.id()) * 7_919 % 1_000, 3).text(TYPE).text(type);
      rows.text(SESSION).number(order.id()).mark('-').number(visit.number());
      rows.text(VISITOR).number(visitor).text(device).text(CUSTOMER);
      if (visit.customer() > 0) {
        rows.number(visit.customer());
      } else {
        rows.text(NULL);
      }
      rows.text(PATH);
    }

    private void end(long orderId) throws IOException {
      rows.text(ORDER);
      if (orderId > 0) {
        rows.number(orderId);
      } else {
        rows.text(NULL);
      }
      if (month >= EXPERIMENT_SINCE) {
        rows.text(EXPERIMENT).mark(visitor % 2 == 0 ? 'a' : 'b').mark('"');
      }
      rows.mark('}').mark('\n');
      tally.row();
    }
  }
}
