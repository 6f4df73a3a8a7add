package dev.tarn.app.shop;

import dev.tarn.app.shop.People.Person;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Who registered in each month, and whose data changed since the month before; UTF-8, almost
/// always.
final class CustomerFiles {

  private static final String HEADER =
      "customer_id,first_name,last_name,email,phone,birth_date,street,postcode,city,country,newsletter,"
          + "registered_at,updated_at\n";
  private static final List<Dirt> KINDS =
      Arrays.stream(Dirt.values()).filter(kind -> kind.source().equals("customers")).toList();
  private static final Word FOREIGN = Word.all("Müller").getFirst();
  private static final int UPDATED_AFTER_DAYS = 10;

  private final long seed;
  private final ShopCalendar calendar;
  private final People people;

  CustomerFiles(long seed, ShopCalendar calendar, People people) {
    this.seed = seed;
    this.calendar = calendar;
    this.people = people;
  }

  List<ShopFile> files() {
    return IntStream.range(0, ShopCalendar.MONTHS)
        .mapToObj(month ->
            new ShopFile(
                "customers/customers-" + ShopCalendar.monthOf(month) + ".csv",
                (rows, tally) -> write(month, rows, tally)))
        .toList();
  }

  /// The one kind of dirt on a customer, if any; the first that strikes wins.
  Optional<Dirt> dirt(long id) {
    return KINDS.stream().filter(kind -> kind.strikes(seed, id, calendar.customers())).findFirst();
  }

  private void write(int month, Rows rows, Tally tally) throws IOException {
    rows.text(HEADER);
    var first = ShopCalendar.firstDay(month);
    for (var day = first; day < ShopCalendar.firstDay(month + 1); day++) {
      for (var id = calendar.customersBefore(day) + 1;
          id <= calendar.customersBefore(day + 1);
          id++) {
        registered(rows, id, day, tally);
      }
    }
    var known = month == 0 ? 1 : 1 + calendar.customersBefore(ShopCalendar.firstDay(month - 1));
    for (var id = known; id <= calendar.customersBefore(first); id++) {
      if (is(dirt(id), Dirt.CUSTOMER_UPDATED_LATER)) {
        var registered = calendar.registrationDay(id);
        row(
            rows,
            new Version(people.person(id), registered, first + UPDATED_AFTER_DAYS, true),
            Optional.empty());
        tally.found(Dirt.CUSTOMER_UPDATED_LATER);
        tally.row();
      }
    }
  }

  private void registered(Rows rows, long id, int day, Tally tally) throws IOException {
    var dirt = dirt(id);
    var version = new Version(people.person(id), day, day, false);
    row(rows, version, dirt);
    if (!is(dirt, Dirt.CUSTOMER_WRONG_ENCODING)) {
      tally.row();
      tally.truth("customers", 1);
    }
    if (is(dirt, Dirt.CUSTOMER_EXPORTED_TWICE)) {
      row(rows, version, dirt);
      tally.row();
    }
    dirt.filter(kind -> kind != Dirt.CUSTOMER_UPDATED_LATER).ifPresent(tally::found);
  }

  /// One state of a customer's data.
  private record Version(Person person, int registered, int updated, boolean moved) {}

  private void row(Rows rows, Version version, Optional<Dirt> dirt) throws IOException {
    var person = version.person();
    rows.number(person.id()).mark(',').text(person.given().utf8).mark(',');
    surname(rows, person, dirt).mark(',');
    email(rows, person, version.moved(), dirt).mark(',');
    if (person.id() % 4 > 0) {
      rows.mark('+').number(49_000_000_000L + Dice.mix(person.id()) % 1_000_000_000L);
    }
    rows.mark(',');
    birthday(rows, person, dirt).mark(',').text(person.city().utf8).text("-Str. ");
    rows.number(person.houseNumber() + (version.moved() ? 100 : 0)).mark(',');
    rows.number(10_000 + person.id() % 80_000, 5).mark(',').text(person.city().utf8).mark(',');
    rows.text(person.country().code).mark(',').mark(person.subscribed() ? 't' : 'f').mark(',');
    timestamp(rows, version.registered(), person).mark(',');
    timestamp(rows, version.updated(), person).mark('\n');
  }

  private Rows timestamp(Rows rows, int day, Person person) throws IOException {
    return rows.text(calendar.isoDay(day)).mark(' ').time((int) (person.id() * 7_919 % 86_400));
  }

  private static Rows surname(Rows rows, Person person, Optional<Dirt> dirt) throws IOException {
    if (is(dirt, Dirt.CUSTOMER_WRONG_ENCODING)) {
      return rows.text(FOREIGN.latin1);
    }
    var name = person.surname();
    if (is(dirt, Dirt.CUSTOMER_MOJIBAKE)) {
      return rows.text((name.isPlainAscii() ? FOREIGN : name).mojibake);
    }
    return rows.text(name.utf8);
  }

  static Rows email(Rows rows, Person person, boolean moved, Optional<Dirt> dirt)
      throws IOException {
    var bad = is(dirt, Dirt.CUSTOMER_BAD_EMAIL);
    if (bad && person.id() % 2 == 0) {
      return rows.text(person.given().plain).text("(at)example.org");
    }
    rows.text(bad ? " " : "").text(person.given().plain).mark('.').text(person.surname().plain);
    rows.number(person.id()).text(bad ? "@EXAMPLE.ORG " : moved ? "@example.net" : "@example.org");
    return rows;
  }

  private static Rows birthday(Rows rows, Person person, Optional<Dirt> dirt) throws IOException {
    if (is(dirt, Dirt.CUSTOMER_BAD_BIRTHDAY)) {
      return rows.text(person.id() % 2 == 0 ? "0000-00-00" : "1900-01-01");
    }
    rows.number(person.birthYear()).mark('-').number(person.birthMonth(), 2);
    return rows.mark('-').number(person.birthDay(), 2);
  }

  private static boolean is(Optional<Dirt> dirt, Dirt kind) {
    return dirt.equals(Optional.of(kind));
  }
}
