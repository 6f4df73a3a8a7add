package dev.tarn.app.shop;

import dev.tarn.app.shop.People.Person;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The customers of the old shop, exported once when it closed: Latin-1, semicolons, German
/// headings, `\N`.
final class LegacyCustomerFile {

  private static final String HEADER =
      "Kundennr;Nachname;Vorname;E-Mail;Geburtstag;Strasse;PLZ;Ort;Land;Angelegt\n";

  private final ShopCalendar calendar;
  private final People people;

  LegacyCustomerFile(ShopCalendar calendar, People people) {
    this.calendar = calendar;
    this.people = people;
  }

  List<ShopFile> files() {
    return List.of(new ShopFile("customers_legacy/kunden.csv", this::write));
  }

  private void write(Rows rows, Tally tally) throws IOException {
    rows.text(HEADER);
    for (var id = 1L; id <= calendar.legacyCustomers(); id++) {
      row(rows, people.person(id), calendar.registrationDay(id));
      tally.row();
      tally.truth("customers", 1);
    }
  }

  private void row(Rows rows, Person person, int registered) throws IOException {
    rows.number(person.id())
        .mark(';')
        .text(person.surname().latin1)
        .mark(';')
        .text(person.given().latin1);
    rows.mark(';');
    if (person.id() % 17 == 0) {
      rows.text("\\N");
    } else {
      CustomerFiles.email(rows, person, false, Optional.empty());
    }
    rows.mark(';').number(person.birthDay(), 2).mark('.').number(person.birthMonth(), 2);
    rows.mark('.').number(person.birthYear()).mark(';').text(person.city().latin1).text("-Str. ");
    rows.number(person.houseNumber()).mark(';').number(10_000 + person.id() % 80_000, 5).mark(';');
    rows.text(person.city().latin1).mark(';').text(person.country().code).mark(';');
    rows.text(calendar.ledgerDay(registered)).mark('\n');
  }
}
