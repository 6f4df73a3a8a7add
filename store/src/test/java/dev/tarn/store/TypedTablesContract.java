package dev.tarn.store;

import static dev.tarn.store.Given.CLICKS;
import static dev.tarn.store.Given.NOW;
import static dev.tarn.store.Given.ORDERS;
import static dev.tarn.store.Given.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every typed table does, on either database.
interface TypedTablesContract {
  MetadataStore store();

  @Test
  default void a_pointer_is_found_as_it_was_inserted() {
    Pointer orders = Pointer.table(ORDERS, "/lake/silver/orders/1.metadata.json");
    Pointer view = Pointer.view(TableName.parse("gold.daily"), "/lake/gold/daily/1.json");

    store().write(tx -> assertThat(tx.pointers().insert(orders)).isTrue());
    store().write(tx -> assertThat(tx.pointers().insert(view)).isTrue());

    assertThat(store().<Optional<Pointer>>read(tx -> tx.pointers().find(ORDERS))).contains(orders);
    assertThat(store().<List<Pointer>>read(tx -> tx.pointers().all()))
        .containsExactly(view, orders);
    assertThat(store().<Optional<Pointer>>read(tx -> tx.pointers().find(CLICKS))).isEmpty();
  }

  @Test
  default void a_taken_name_is_not_inserted_again() {
    store().write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "1")));

    boolean inserted = store().transact(tx -> tx.pointers().insert(Pointer.table(ORDERS, "2")));

    assertThat(inserted).isFalse();
    assertThat(locationOf(ORDERS)).contains("1");
  }

  @Test
  default void a_pointer_moves_only_from_where_it_is() {
    store().write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "1")));

    boolean fromElsewhere = store().transact(tx -> tx.pointers().swap(ORDERS, "0", "2"));
    boolean fromThere = store().transact(tx -> tx.pointers().swap(ORDERS, "1", "2"));

    assertThat(fromElsewhere).isFalse();
    assertThat(fromThere).isTrue();
    assertThat(store().<Optional<Pointer>>read(tx -> tx.pointers().find(ORDERS)))
        .contains(new Pointer(ORDERS, "2", Optional.of("1"), false));
  }

  @Test
  default void a_pointer_is_dropped_only_from_where_it_is() {
    store().write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "1")));

    boolean fromElsewhere = store().transact(tx -> tx.pointers().drop(ORDERS, "0"));
    boolean fromThere = store().transact(tx -> tx.pointers().drop(ORDERS, "1"));

    assertThat(fromElsewhere).isFalse();
    assertThat(fromThere).isTrue();
    assertThat(locationOf(ORDERS)).isEmpty();
  }

  @Test
  default void a_path_too_long_for_the_catalog_is_refused_with_the_remedy() {
    String tooLong = "/" + "a".repeat(1000);

    assertThatThrownBy(() -> Pointer.table(ORDERS, tooLong))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("too long")
        .hasMessageContaining("lake.warehouse");
  }

  @Test
  default void names_may_hold_any_letters() {
    TableName odd = new TableName("silver", "ümläut \"quoted\" 'n' ; -- 漢字 🐟");

    store().write(tx -> tx.pointers().insert(Pointer.table(odd, "/ü ñ/漢/🐟.json")));

    assertThat(locationOf(odd)).contains("/ü ñ/漢/🐟.json");
  }

  @Test
  default void files_are_found_by_their_paths() {
    List<FileRecord> files =
        IntStream.range(0, 1_234)
            .mapToObj(i -> Given.file("/lake/data/" + i + ".parquet"))
            .toList();
    store().write(tx -> tx.files().add(files));

    Map<String, FileRecord> found =
        store().read(tx -> tx.files().find(files.stream().map(FileRecord::path).toList()));

    assertThat(found).hasSize(1_234).containsEntry(files.get(7).path(), files.get(7));
    assertThat(store().<List<FileRecord>>read(tx -> tx.files().ofTable(ORDERS))).hasSize(1_234);
    assertThat(store().<List<FileRecord>>read(tx -> tx.files().ofTable(CLICKS))).isEmpty();
    assertThat(store().<Map<String, FileRecord>>read(tx -> tx.files().find(List.of("/none"))))
        .isEmpty();
  }

  @Test
  default void a_file_added_again_is_known_anew_and_a_removed_one_is_not_known() {
    FileRecord first = Given.file("/a");
    FileRecord again = new FileRecord("/a", 7, 8, CLICKS, FileKind.MANIFEST_LIST, RUN);
    store().write(tx -> tx.files().add(List.of(first, Given.file("/b"))));

    store().write(tx -> tx.files().add(List.of(again)));
    store().write(tx -> tx.files().remove(List.of("/b", "/c")));

    assertThat(store().<List<FileRecord>>read(tx -> tx.files().all())).containsExactly(again);
  }

  @Test
  default void a_run_ends_once() {
    RunRecord run = RunRecord.begun(RUN, "run gold --full", NOW, 4711, "laptop");
    Instant end = NOW.plus(Duration.ofSeconds(9));
    store().write(tx -> tx.runs().begin(run));

    assertThat(store().<List<RunRecord>>read(tx -> tx.runs().running())).containsExactly(run);
    boolean ended = store().transact(tx -> tx.runs().end(RUN, RunState.FAILED, end, "disk full"));
    boolean again = store().transact(tx -> tx.runs().end(RUN, RunState.SUCCEEDED, end, ""));

    assertThat(ended).isTrue();
    assertThat(again).isFalse();
    assertThat(store().<List<RunRecord>>read(tx -> tx.runs().running())).isEmpty();
    assertThat(store().<Optional<RunRecord>>read(tx -> tx.runs().find(RUN)))
        .contains(
            new RunRecord(
                RUN,
                RunState.FAILED,
                "run gold --full",
                NOW,
                Optional.of(end),
                4711,
                "laptop",
                "disk full"));
  }

  @Test
  default void the_newest_run_is_the_one_begun_last_even_when_the_clock_was_set_back() {
    RunRecord first = RunRecord.begun(Given.run(1), "run", NOW, 1, "h");
    RunRecord second =
        RunRecord.begun(Given.run(2), "run", NOW.minus(Duration.ofDays(400)), 2, "h");
    store().write(tx -> tx.runs().begin(first));
    store().write(tx -> tx.runs().begin(second));

    List<RunRecord> latest = store().read(tx -> tx.runs().latest(10));

    assertThat(latest).containsExactly(second, first);
    assertThat(store().<List<RunRecord>>read(tx -> tx.runs().latest(1))).containsExactly(second);
  }

  @Test
  default void a_step_is_kept_per_attempt() {
    StepRecord running = step(1, StepState.RUNNING, Optional.empty());
    StepRecord failed = step(1, StepState.FAILED, Optional.of(NOW));
    StepRecord second = step(2, StepState.SUCCEEDED, Optional.of(NOW));
    store().write(tx -> tx.runs().putStep(running));

    store().write(tx -> tx.runs().putStep(failed));
    store().write(tx -> tx.runs().putStep(second));

    assertThat(store().<List<StepRecord>>read(tx -> tx.runs().steps(RUN)))
        .containsExactly(failed, second);
    assertThat(store().<List<StepRecord>>read(tx -> tx.runs().stepsOf(ORDERS, 1)))
        .containsExactly(second);
    assertThat(store().<List<StepRecord>>read(tx -> tx.runs().latestSteps(9)))
        .containsExactly(second, failed);
  }

  private static StepRecord step(int attempt, StepState state, Optional<Instant> end) {
    return new StepRecord(RUN, ORDERS, state, attempt, NOW, end, 5, 6, "a reason", "full");
  }

  @Test
  default void what_was_consumed_since_a_run_is_told_and_forgotten_for_one_table_alone() {
    var first = consumedIn(1, ORDERS, "a.csv");
    var second = consumedIn(2, ORDERS, "b.csv");
    var elsewhere = consumedIn(2, CLICKS, "b.csv");
    // Later, though its name sorts before.
    var third = consumedIn(0, ORDERS, "c.csv");
    store().write(tx -> tx.consumed().add(List.of(first, second, elsewhere, third)));

    List<Consumed> since =
        store().read(tx -> tx.consumed().since(ORDERS, Set.of(Given.run(2), Given.run(9))));
    store().write(tx -> tx.consumed().removeSince(ORDERS, Set.of(Given.run(2), Given.run(9))));
    store().write(tx -> tx.consumed().removeSince(ORDERS, Set.of(Given.run(7))));

    assertThat(since).containsExactly(second, third);
    assertThat(store().<List<Consumed>>read(tx -> tx.consumed().all()))
        .containsExactly(first, elsewhere);
  }

  private static Consumed consumedIn(int run, TableName table, String item) {
    Consumed one = Given.consumed(item, item, NOW);
    return new Consumed(
        table,
        one.item(),
        one.version(),
        one.bytes(),
        one.modified(),
        one.identity(),
        one.outcome(),
        one.rows(),
        one.rejected(),
        Given.run(run),
        one.at());
  }

  @Test
  default void what_was_consumed_is_told_in_order_and_by_item_and_by_content() {
    Instant nanos = Instant.parse("2026-04-30T01:02:03.123456789Z");
    var first = Given.consumed("a.csv", "aa", nanos);
    var other = Given.consumed("b.csv", "bb", nanos);
    var changed = Given.consumed("a.csv", "cc", nanos.plusNanos(1));
    var back = Given.consumed("a.csv", "aa", nanos.plusNanos(2));
    store().write(tx -> tx.consumed().add(List.of(first, other)));

    store().write(tx -> tx.consumed().add(List.of(changed, back)));

    store()
        .write(tx -> {
          assertThat(tx.consumed().ofTable(CLICKS)).containsExactly(first, other, changed, back);
          assertThat(tx.consumed().latest(CLICKS)).isEqualTo(Map.of("a.csv", back, "b.csv", other));
          assertThat(tx.consumed().versions(CLICKS)).containsExactlyInAnyOrder("aa", "bb", "cc");
          assertThat(tx.consumed().ofTable(ORDERS)).isEmpty();
          assertThat(tx.consumed().all()).hasSize(4);
        });
  }

  @Test
  default void drifts_are_kept_in_order() {
    var here = Given.drift(CLICKS, "referrer");
    var there = Given.drift(ORDERS, "amount");
    store().write(tx -> tx.drifts().add(List.of(here, there)));

    assertThat(store().<List<?>>read(tx -> tx.drifts().all())).isEqualTo(List.of(here, there));
    assertThat(store().<List<?>>read(tx -> tx.drifts().ofTable(ORDERS))).isEqualTo(List.of(there));
  }

  @Test
  default void checks_keep_their_samples_as_they_are() {
    List<String> samples = List.of("{\"a\":\"x\\ny\"}", "{\n  \"b\": \"\\\\\"\n}", "", "{\"ü\":1}");
    CheckResult first = Given.check(ORDERS, "unique order_id", samples);
    CheckResult second = Given.check(CLICKS, "rows", List.of());
    store().write(tx -> tx.checks().add(RUN, List.of(first, second)));

    assertThat(store().<List<CheckRecord>>read(tx -> tx.checks().ofRun(RUN)))
        .containsExactly(new CheckRecord(RUN, first), new CheckRecord(RUN, second));
    assertThat(store().<List<CheckRecord>>read(tx -> tx.checks().ofTable(ORDERS, 5)))
        .containsExactly(new CheckRecord(RUN, first));
    assertThat(store().<List<CheckRecord>>read(tx -> tx.checks().latest(1)))
        .containsExactly(new CheckRecord(RUN, second));
  }

  @Test
  default void lineage_is_replaced_table_by_table() {
    TableName gold = TableName.parse("gold.daily");
    var old = new LineageEdge(gold, "day", ORDERS, "at", "value");
    var value = new LineageEdge(gold, "total", ORDERS, "amount", "value");
    var condition = new LineageEdge(gold, "total", ORDERS, "status", "condition");
    var below = new LineageEdge(ORDERS, "amount", CLICKS, "a", "value");
    store().write(tx -> tx.lineage().replace(gold, List.of(old)));
    store().write(tx -> tx.lineage().replace(ORDERS, List.of(below)));

    store().write(tx -> tx.lineage().replace(gold, List.of(value, condition, value)));

    store()
        .write(tx -> {
          assertThat(tx.lineage().into(gold)).containsExactly(value, condition);
          assertThat(tx.lineage().outOf(ORDERS)).containsExactly(value, condition);
          assertThat(tx.lineage().all()).containsExactly(value, condition, below);
        });
  }

  @Test
  default void the_last_state_of_a_table_counts() {
    Map<String, String> inputs = Map.of("bronze.a", "/lake/a=1\n2.json", "bronze.b", "");
    TableState first = state("f1", Map.of());
    TableState second = state("f2", inputs);
    store().write(tx -> tx.states().put(first));

    store().write(tx -> tx.states().put(second));

    assertThat(store().<Optional<TableState>>read(tx -> tx.states().find(ORDERS))).contains(second);
    assertThat(store().<List<TableState>>read(tx -> tx.states().all())).containsExactly(second);
    store().write(tx -> tx.states().remove(ORDERS));
    assertThat(store().<Optional<TableState>>read(tx -> tx.states().find(ORDERS))).isEmpty();
  }

  private static TableState state(String fingerprint, Map<String, String> inputs) {
    return new TableState(
        ORDERS, fingerprint, "/lake/1.json", inputs, RUN, NOW, 100, 2_000, "One row per order.");
  }

  @Test
  default void a_note_is_found_until_it_is_removed() {
    store().write(tx -> tx.notes().put("checked", "1"));
    store().write(tx -> tx.notes().put("checked", "zwei\0\n漢"));

    assertThat(store().<Optional<String>>read(tx -> tx.notes().find("checked")))
        .contains("zwei\uFFFD\n漢");
    store().write(tx -> tx.notes().remove("checked"));
    assertThat(store().<Optional<String>>read(tx -> tx.notes().find("checked"))).isEmpty();
  }

  @Test
  default void all_that_was_written_is_there_when_opened_again() {
    store().write(tx -> tx.pointers().insert(Pointer.table(ORDERS, "1")));

    try (MetadataStore again = Given.open(store().location())) {
      assertThat(again.<List<Pointer>>read(tx -> tx.pointers().all())).hasSize(1);
      assertThat(again.verify()).isEmpty();
    }
  }

  private Optional<String> locationOf(TableName name) {
    return store().read(tx -> tx.pointers().find(name).map(Pointer::metadataLocation));
  }

  @Test
  default void what_was_dropped_is_told_newest_first_until_it_comes_back() {
    Dropped first = new Dropped(ORDERS, "/lake/1.json", false, Given.run(1), NOW);
    Dropped second = new Dropped(CLICKS, "/lake/2.json", true, Given.run(2), NOW);
    store()
        .write(tx -> {
          tx.dropped().add(first);
          tx.dropped().add(second);
        });

    List<Dropped> all = store().read(tx -> tx.dropped().all());
    boolean removed = store().transact(tx -> tx.dropped().remove(second));
    boolean again = store().transact(tx -> tx.dropped().remove(second));

    assertThat(all).containsExactly(second, first);
    assertThat(removed).isTrue();
    assertThat(again).isFalse();
    assertThat(store().<List<Dropped>>read(tx -> tx.dropped().all())).containsExactly(first);
  }

  @Test
  default void what_was_consumed_for_one_table_can_count_for_another() {
    Consumed one = consumedIn(1, ORDERS, "a.csv");
    store().write(tx -> tx.consumed().add(List.of(one)));

    store().write(tx -> tx.consumed().move(ORDERS, CLICKS));

    assertThat(store().<List<Consumed>>read(tx -> tx.consumed().ofTable(ORDERS))).isEmpty();
    assertThat(store().<List<Consumed>>read(tx -> tx.consumed().ofTable(CLICKS)))
        .extracting(Consumed::item)
        .containsExactly("a.csv");
    store().write(tx -> tx.consumed().removeAll(CLICKS));
    assertThat(store().<List<Consumed>>read(tx -> tx.consumed().all())).isEmpty();
  }

  @Test
  default void what_became_of_a_partition_last_is_known() {
    PartRecord failed =
        new PartRecord(ORDERS, "2026-01", "f", "i", false, Given.run(1), NOW, "too much");
    PartRecord other = new PartRecord(ORDERS, "2026-02", "f", "i", true, Given.run(1), NOW, "");
    PartRecord made = new PartRecord(ORDERS, "2026-01", "f", "i", true, Given.run(2), NOW, "");
    store().write(tx -> tx.parts().put(List.of(failed, other)));

    store().write(tx -> tx.parts().put(List.of(made)));

    assertThat(store().<List<PartRecord>>read(tx -> tx.parts().ofTable(ORDERS)))
        .containsExactlyInAnyOrder(made, other);
    assertThat(store().<List<PartRecord>>read(tx -> tx.parts().ofTable(CLICKS))).isEmpty();
  }
}
