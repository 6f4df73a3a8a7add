package dev.tarn.app.shop;

import dev.tarn.app.shop.Dice.Topic;
import java.util.List;

/// Who the shop's customers are: the same number is always the same person.
final class People {

  private static final List<Word> GIVEN =
      Word.all(
          "Anna,Jürgen,Sophie,Lukas,Zoé,Björn,Marie,Felix,Inès,Jonas,Emma,Noël,Clara,Günther,Lena,Hugo,"
              + "Märta,Paul,Chloé,Leon,Mia,Oskar,Käthe,Tom,Ella,Matteo,Nina,Sören,Julia,Ben");

  private static final int BIRTH_YEARS = 60;

  private final long seed;

  People(long seed) {
    this.seed = seed;
  }

  /// One customer.
  record Person(
      long id,
      Country country,
      Word city,
      Word given,
      Word surname,
      int birthYear,
      int birthMonth,
      int birthDay,
      int houseNumber,
      boolean subscribed) {}

  Country country(long id) {
    return Country.at(new Dice(seed, Topic.CUSTOMER, id).below(100));
  }

  Person person(long id) {
    var dice = new Dice(seed, Topic.CUSTOMER, id);
    var country = Country.at(dice.below(100));
    return new Person(
        id,
        country,
        country.cities.get((int) (id % country.cities.size())),
        pick(dice, GIVEN),
        pick(dice, country.surnames),
        1945 + dice.below(BIRTH_YEARS),
        1 + dice.below(12),
        1 + dice.below(28),
        1 + dice.below(120),
        dice.oneIn(3));
  }

  private static Word pick(Dice dice, List<Word> words) {
    return words.get(dice.below(words.size()));
  }
}
