package dev.tarn.app.shop;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// When the shop's customers come and order: two fixed years, growing, with weekends and a busy
/// Christmas.
///
/// Days count from 2023-01-01 (day 0); days before and after exist for registrations and late
/// updates.
final class ShopCalendar {

  static final LocalDate FIRST_DAY = LocalDate.of(2023, 1, 1);
  static final int DAYS = 731;
  static final int MONTHS = 24;
  private static final int YEAR = 365;
  private static final int MARGIN = 400;
  private static final double LEGACY_SHARE = 0.2;

  private final long[] ordersBefore = new long[DAYS + 1];
  private final long[] customersBefore = new long[DAYS + 1];
  private final long legacyCustomers;
  private final byte[][] isoDays = new byte[DAYS + 2 * MARGIN][];
  private final byte[][] ledgerDays = new byte[DAYS + 2 * MARGIN][];

  ShopCalendar(long orders, long customers) {
    legacyCustomers = Math.max(1, Math.round(customers * LEGACY_SHARE));
    var share = shares();
    for (var day = 0; day <= DAYS; day++) {
      ordersBefore[day] = Math.round(orders * share[day]);
      customersBefore[day] =
          legacyCustomers + Math.round((customers - legacyCustomers) * share[day]);
    }
    var ledger = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    for (var i = 0; i < isoDays.length; i++) {
      var date = FIRST_DAY.plusDays(i - MARGIN);
      isoDays[i] = Rows.bytes(date.toString());
      ledgerDays[i] = Rows.bytes(ledger.format(date));
    }
  }

  /// Which share of all orders falls before each day.
  private static double[] shares() {
    var share = new double[DAYS + 1];
    for (var day = 0; day < DAYS; day++) {
      share[day + 1] = share[day] + weight(FIRST_DAY.plusDays(day), day);
    }
    for (var day = 0; day <= DAYS; day++) {
      share[day] /= share[DAYS];
    }
    share[DAYS] = 1;
    return share;
  }

  private static double weight(LocalDate date, int day) {
    var growth = 1 + 0.9 * day / DAYS;
    var weekend = date.getDayOfWeek() == DayOfWeek.SUNDAY ? 1.25 : 1.0;
    var season =
        switch (date.getMonth()) {
          case NOVEMBER, DECEMBER -> 1.45;
          case JULY, AUGUST -> 0.85;
          case JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, SEPTEMBER, OCTOBER -> 1.0;
        };
    return growth * weekend * season;
  }

  long orders() {
    return ordersBefore[DAYS];
  }

  long ordersBefore(int day) {
    return ordersBefore[day];
  }

  long customers() {
    return customersBefore[DAYS];
  }

  /// How many customers had registered before this day; those of the old shop among them.
  long customersBefore(int day) {
    return customersBefore[day];
  }

  long legacyCustomers() {
    return legacyCustomers;
  }

  /// The day on which a customer registered; those of the old shop did so evenly over the year
  /// before.
  int registrationDay(long customer) {
    if (customer <= legacyCustomers) {
      return (int) ((customer - 1) * YEAR / legacyCustomers) - YEAR;
    }
    var found = Arrays.binarySearch(customersBefore, customer);
    var day = found >= 0 ? found : -found - 1;
    while (customersBefore[day - 1] >= customer) {
      day--;
    }
    return day - 1;
  }

  /// The first day of a month; `MONTHS` gives the day after the last.
  static int firstDay(int month) {
    return (int) (monthOf(month).atDay(1).toEpochDay() - FIRST_DAY.toEpochDay());
  }

  static YearMonth monthOf(int month) {
    return YearMonth.from(FIRST_DAY).plusMonths(month);
  }

  /// `2023-01-31`
  byte[] isoDay(int day) {
    return isoDays[day + MARGIN];
  }

  /// `31.01.2023`
  byte[] ledgerDay(int day) {
    return ledgerDays[day + MARGIN];
  }
}
