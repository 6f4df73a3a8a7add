package dev.tarn.app.shop;

import java.util.List;

/// The countries the shop delivers to, with the cities and surnames of their people.
enum Country {
  DE(
      38,
      "Berlin,Hamburg,München,Köln,Frankfurt am Main,Stuttgart,Düsseldorf,Leipzig,Nürnberg,Münster",
      "Müller,Schmidt,Schneider,Fischer,Weber,Wagner,Becker,Schäfer,Koch,Groß,Krüger,Köhler,Jäger,Böhm"),
  AT(
      10,
      "Wien,Graz,Linz,Salzburg,Innsbruck",
      "Gruber,Huber,Bauer,Pichler,Moser,Fürst,Höller,Steiner"),
  CH(8, "Zürich,Bern,Basel,Luzern,Genf", "Meier,Keller,Brunner,Zürcher,Frei,Graf,Bühler,Roth"),
  FR(
      12,
      "Paris,Lyon,Marseille,Saint-Étienne,Nantes,Orléans",
      "Martin,Bernard,Lefèvre,Moreau,Girard,Bézier,Mercier,Dupré"),
  IT(
      9,
      "Roma,Milano,Torino,Bologna,Firenze",
      "Rossi,Russo,Ferrari,Esposito,Bianchi,Ricci,Conti,Greco"),
  ES(
      7,
      "Madrid,Barcelona,Sevilla,Bilbao,A Coruña",
      "López,Pérez,Muñoz,Núñez,Romero,Torres,Vázquez,Ramos"),
  NL(
      6,
      "Amsterdam,Rotterdam,Utrecht,'s-Hertogenbosch",
      "de Jong,Jansen,de Vries,van Dijk,Bakker,Visser"),
  SE(5, "Stockholm,Göteborg,Malmö,Örebro", "Andersson,Johansson,Lindström,Åkesson,Söderberg,Berg"),
  PL(3, "Warszawa,Gdynia,Opole,Lublin", "Nowak,Kowalski,Lewandowski,Mazur,Krawczyk,Kaczmarek"),
  GB(2, "London,Bristol,Leeds,York", "Smith,Jones,Taylor,O'Brien,Walker,Wright");

  final int share;
  final byte[] code;
  final List<Word> cities;
  final List<Word> surnames;

  Country(int share, String cities, String surnames) {
    this.share = share;
    this.code = Rows.bytes(name());
    this.cities = Word.all(cities);
    this.surnames = Word.all(surnames);
  }

  /// The country that a percentage from 0 to 99 falls to.
  static Country at(int percent) {
    var rest = percent;
    for (var country : ALL) {
      rest -= country.share;
      if (rest < 0) {
        return country;
      }
    }
    return GB;
  }

  private static final List<Country> ALL = List.of(values());
}
