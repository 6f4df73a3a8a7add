package dev.tarn.app.house;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveNameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The walls of the house, as ARCHITECTURE.md draws them.
class HouseTest {
  private static final JavaClasses HOUSE = Rooms.shipped();
  private static final Set<String> WALL_CLOCKS =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime");

  static Stream<String> rooms() {
    return Rooms.ARROWS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void a_room_leans_only_on_the_rooms_below_it(String room) {
    var forbidden = new ArrayList<>(Rooms.ARROWS.keySet());
    forbidden.removeAll(Rooms.ARROWS.get(room));
    forbidden.remove(room);
    forbidden.add("app");

    noClasses()
        .that()
        .resideInAPackage(in(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.stream().map(HouseTest::in).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void iceberg_stops_at_the_lake() {
    staysIn("org.apache.iceberg..", "lake");
    staysIn("org.roaringbitmap..", "lake");
  }

  @Test
  void duckdb_stops_at_the_engine_and_the_syntax_tree() {
    staysIn("org.duckdb..", "engine", "sql");
  }

  @Test
  void databases_are_spoken_to_only_where_they_live() {
    staysIn("java.sql..", "sql", "engine", "store");
    staysIn("org.sqlite..", "store");
    staysIn("org.postgresql..", "store");
  }

  @Test
  void yaml_is_read_where_projects_and_models_are() {
    staysIn("org.snakeyaml..", "app", "transform");
  }

  @Test
  void time_and_randomness_are_given() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("app"))
        .should(callMethodWhere(takesTimeOrChance()))
        .orShould()
        .callConstructor(Random.class)
        .because("a test must be able to turn the clock and choose the seed: take an InstantSource")
        .check(HOUSE);
  }

  @Test
  void at_most_one_class_starts_processes() {
    var starters =
        HOUSE.stream()
            .filter(type ->
                type.getConstructorCallsFromSelf().stream().anyMatch(HouseTest::startsProcess))
            .map(JavaClass::getFullName)
            .toList();

    assertThat(starters).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void names_say_what_a_thing_is() {
    classes()
        .should(
            not(
                haveNameMatching(
                    ".*(Manager|Helper|Utils?|Impl|Processor)(\\$.*)?|.*\\.(Abstract|Base)[A-Z].*")))
        .because("a name that fits anything explains nothing")
        .check(HOUSE);
  }

  private static void staysIn(String library, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(Stream.of(homes).map(HouseTest::in).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("one library has one home")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaMethodCall> takesTimeOrChance() {
    return new DescribedPredicate<>("take the time or a random number by themselves") {
      @Override
      public boolean test(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        return switch (name) {
          case "now" -> WALL_CLOCKS.contains(owner) && takesNoClock(call);
          case "currentTimeMillis" -> owner.equals(System.class.getName());
          case "random" -> owner.equals(Math.class.getName());
          case "current" -> owner.equals(ThreadLocalRandom.class.getName());
          case "system", "systemUTC", "systemDefaultZone" ->
              owner.equals(Clock.class.getName()) || owner.equals(InstantSource.class.getName());
          default -> false;
        };
      }
    };
  }

  private static boolean takesNoClock(JavaCall<?> call) {
    return call.getTarget().getRawParameterTypes().stream()
        .noneMatch(type -> type.isAssignableTo(Clock.class));
  }

  private static boolean startsProcess(JavaConstructorCall call) {
    return call.getTargetOwner().isEquivalentTo(ProcessBuilder.class);
  }

  private static String in(String room) {
    return "dev.tarn." + room + "..";
  }
}
