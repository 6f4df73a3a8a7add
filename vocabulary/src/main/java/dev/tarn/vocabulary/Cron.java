package dev.tarn.vocabulary;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// When something is due, as five fields say it: minute, hour, day of month, month, day of week. `0
/// 6 * * 1-5` is six in the morning from Monday to Friday. As cron does it, a day is due when
/// either day field names it, if both are restricted.
///
/// @param text as written
/// @param weekdays 0 is Sunday
/// @param everyDay true when the day of month was `*`
/// @param everyWeekday true when the day of week was `*`
public record Cron(
    String text,
    Set<Integer> minutes,
    Set<Integer> hours,
    Set<Integer> days,
    Set<Integer> months,
    Set<Integer> weekdays,
    boolean everyDay,
    boolean everyWeekday) {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int YEARS_AHEAD = 9;

  public Cron {
    minutes = Set.copyOf(minutes);
    hours = Set.copyOf(hours);
    days = Set.copyOf(days);
    months = Set.copyOf(months);
    weekdays = Set.copyOf(weekdays);
  }

  /// Fails with what is wrong when the text is no such schedule, or one that is never due.
  public static Cron parse(String text) {
    String[] parts = shortcut(text.strip()).split("\\s+");
    if (parts.length != 5) {
      throw wrong(text, "it has " + parts.length + " fields, not 5");
    }
    Cron cron =
        new Cron(
            text.strip(),
            field(text, parts[0], "minute", 0, 59, List.of()),
            field(text, parts[1], "hour", 0, 23, List.of()),
            field(text, parts[2], "day of month", 1, 31, List.of()),
            field(text, parts[3], "month", 1, 12, MONTHS),
            weekdays(text, parts[4]),
            parts[2].startsWith("*"),
            parts[4].startsWith("*"));
    if (cron.next(Instant.parse("2024-01-01T00:00:00Z"), ZoneId.of("UTC")).isEmpty()) {
      throw wrong(text, "no such day ever comes");
    }
    return cron;
  }

  /// The first time it is due after `after`, by the clocks of `zone`. A time that the clocks skip
  /// in spring is due when they go on; one that they show twice in autumn is due the first time.
  public Optional<Instant> next(Instant after, ZoneId zone) {
    LocalDateTime time = LocalDateTime.ofInstant(after, zone).truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime last = time.plusYears(YEARS_AHEAD);
    while (time.isBefore(last)) {
      if (!months.contains(time.getMonthValue())) {
        time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
      } else if (!dueOn(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!hours.contains(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else {
        Instant due = time.atZone(zone).toInstant();
        if (minutes.contains(time.getMinute()) && due.isAfter(after)) {
          return Optional.of(due);
        }
        time = time.plusMinutes(1);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean dueOn(LocalDateTime time) {
    boolean day = days.contains(time.getDayOfMonth());
    boolean weekday = weekdays.contains(time.getDayOfWeek().getValue() % 7);
    return everyDay || everyWeekday ? day && weekday : day || weekday;
  }

  private static String shortcut(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "@hourly" -> "0 * * * *";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@weekly" -> "0 0 * * 0";
      case "@monthly" -> "0 0 1 * *";
      case "@yearly", "@annually" -> "0 0 1 1 *";
      default -> text;
    };
  }

  private static Set<Integer> weekdays(String text, String part) {
    Set<Integer> found = field(text, part, "day of week", 0, 7, WEEKDAYS);
    if (found.remove(7)) {
      found.add(0);
    }
    return found;
  }

  private static Set<Integer> field(
      String text, String part, String name, int least, int most, List<String> names) {
    Set<Integer> found = new TreeSet<>();
    for (String item : part.split(",", -1)) {
      String[] stepped = item.split("/", -1);
      String[] ends = stepped[0].split("-", -1);
      boolean all = stepped[0].equals("*");
      if (stepped.length > 2 || ends.length > 2) {
        throw wrong(text, "'" + item + "' is not a " + name);
      }
      int from = all ? least : number(text, ends[0], name, least, most, names);
      int to = all || ends.length == 1 && stepped.length == 2 ? most : from;
      to = ends.length == 2 ? number(text, ends[1], name, least, most, names) : to;
      int step = stepped.length == 2 ? number(text, stepped[1], "step", 1, most, List.of()) : 1;
      if (to < from) {
        throw wrong(text, "the " + name + " '" + item + "' ends before it begins");
      }
      for (int value = from; value <= to; value += step) {
        found.add(value);
      }
    }
    return found;
  }

  private static int number(
      String text, String part, String name, int least, int most, List<String> names) {
    int named = names.indexOf(part.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return named + (names == MONTHS ? 1 : 0);
    }
    if (!part.matches("\\d{1,4}")
        || Integer.parseInt(part) < least
        || Integer.parseInt(part) > most) {
      throw wrong(text, "the " + name + " can't be '" + part + "': it is " + least + " to " + most);
    }
    return Integer.parseInt(part);
  }

  private static Failure wrong(String text, String why) {
    return Failure.input(
        "'" + text + "' is not a schedule: " + why,
        "write minute hour day month weekday, such as '0 6 * * *' for every day at six");
  }
}
