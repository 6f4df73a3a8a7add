package dev.tarn.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sizes that fit into every build; `./dev crash` does more of each.
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 4);

  @TempDir Path scratch;

  @Test
  void runs_killed_at_any_instant_lose_nothing() throws InterruptedException {
    Ground ground = Ground.small(tarn(), scratch, true);

    well(new KillAnywhere(ground, 11, new Figures("kill")).kills(5 * ROUNDS));
  }

  @Test
  void the_shop_survives_kills_too() throws InterruptedException {
    Ground ground = Ground.shop(tarn(), scratch, 0.003, true);

    well(new KillAnywhere(ground, 12, new Figures("kill, shop")).kills(Math.max(1, ROUNDS / 3)));
  }

  @Test
  void runs_killed_at_calls_lose_nothing() {
    Ground ground = Ground.small(tarn(), scratch, true);
    KillAtCall sweep = new KillAtCall(ground, shim(), new Figures("calls"));

    sweep.sweep("fsync,rename", Shim.Does.KILL_AFTER, 3, Math.max(1, 600 / (5 * ROUNDS)));
    well(sweep.sweep("write", Shim.Does.TEAR, 9, Math.max(1, 2000 / (5 * ROUNDS))));
  }

  @Test
  void a_run_is_undone_whole_or_not_at_all_whenever_the_undoing_is_killed()
      throws InterruptedException {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).rollbackOfRun();
    Figures figures = new Figures("rollback");

    new KillAnywhere(ground, 17, figures).kills(ROUNDS);
    well(killAtSyncs(ground, figures));
  }

  @Test
  void a_table_goes_back_together_with_what_its_source_took_whenever_it_is_killed() {
    Ground ground =
        new Grounds(tarn(), scratch, Sample.small(2)).rollbackOf(TableName.parse("bronze.items"));

    well(killAtSyncs(ground, new Figures("rollback of a table")));
  }

  @Test
  void files_read_again_replace_their_rows_at_once_or_not_at_all() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).replay();

    well(killAtSyncs(ground, new Figures("replay")));
  }

  @Test
  void rows_judged_again_come_back_with_all_that_is_made_from_them_or_not_at_all() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).readmit();

    well(killAtSyncs(ground, new Figures("readmission")));
  }

  @Test
  void a_branch_is_merged_whole_or_not_at_all_whenever_the_merge_is_killed()
      throws InterruptedException {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).merge();
    Figures figures = new Figures("merge");

    new KillAnywhere(ground, 20, figures).kills(Math.max(1, ROUNDS / 2));
    well(killAtSyncs(ground, figures));
  }

  @Test
  void tables_are_dropped_together_with_what_their_source_took_or_not_at_all() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).drop();

    well(killAtSyncs(ground, new Figures("drop")));
  }

  @Test
  void dropped_tables_come_back_together_with_what_their_source_took_or_not_at_all() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).undrop();

    well(killAtSyncs(ground, new Figures("undrop")));
  }

  @Test
  void a_backfill_that_is_killed_goes_on_from_the_partitions_that_were_made() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(2)).backfill();

    well(
        new KillAtCall(ground, shim(), new Figures("backfill"))
            .sweep("fsync,rename", Shim.Does.KILL_AFTER, 80, Math.max(1, 680 / (5 * ROUNDS))));
  }

  @Test
  void upkeep_killed_anywhere_changes_no_row_and_loses_no_file() throws InterruptedException {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(7)).maintain();
    Figures figures = new Figures("upkeep");

    new KillAnywhere(ground, 18, figures).kills(ROUNDS);
    KillAtCall sweep = new KillAtCall(ground, shim(), figures);
    sweep.sweep("unlink", Shim.Does.KILL_AFTER, 2, Math.max(1, 1000 / (5 * ROUNDS)));
    well(killAtSyncs(ground, figures));
  }

  @Test
  void upkeep_of_a_full_or_failing_disk_loses_nothing() {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(7)).maintain();
    Shim shim = shim();
    Figures figures = new Figures("upkeep, disk");
    DiskFull disk = new DiskFull(ground, shim, figures);
    KillAtCall count = new KillAtCall(ground, shim, figures);

    disk.noSpace(count.count("write,open,mkdir,truncate"), 7, Math.max(1, 2500 / (5 * ROUNDS)));
    disk.failedSyncs(count.count("fsync"), 3, Math.max(1, 600 / (5 * ROUNDS)));

    well(figures);
  }

  @Test
  void a_run_and_two_upkeeps_at_once_do_not_disturb_each_other_or_a_reader()
      throws InterruptedException {
    Ground ground = new Grounds(tarn(), scratch, Sample.small(7)).maintain();

    well(new Together(ground, 19, new Figures("run and upkeep")).rounds(Math.max(2, ROUNDS / 2)));
  }

  private Figures killAtSyncs(Ground ground, Figures figures) {
    return new KillAtCall(ground, shim(), figures)
        .sweep("fsync,rename", Shim.Does.KILL_AFTER, 2, Math.max(1, 300 / (5 * ROUNDS)));
  }

  @Test
  void a_disk_that_fills_up_or_fails_loses_nothing() {
    Ground ground = Ground.small(tarn(), scratch, true);
    Shim shim = shim();
    Figures figures = new Figures("disk");
    DiskFull disk = new DiskFull(ground, shim, figures);
    KillAtCall count = new KillAtCall(ground, shim, figures);

    disk.noSpace(count.count("write,open,mkdir,truncate"), 5, Math.max(1, 2500 / (5 * ROUNDS)));
    disk.failedSyncs(count.count("fsync"), 2, Math.max(1, 600 / (5 * ROUNDS)));

    assertThat(figures.well()).as(figures.line() + "\n" + figures.first()).isTrue();
  }

  @Test
  void what_was_published_survives_power_cuts() throws IOException, InterruptedException {
    String hindrance = PowerCut.hindrance(scratch.resolve("try"));
    assumeTrue(hindrance.isEmpty(), hindrance);
    try (PowerCut power = PowerCut.make(scratch)) {
      Ground ground = Ground.small(tarn(), power.folder(), true);

      well(PowerCut.trials(ground, power, Math.max(1, ROUNDS / 2), 13, new Figures("power")));
    }
  }

  @Test
  void every_file_and_folder_is_synced_before_the_database_names_it() {
    Ground ground = Ground.small(tarn(), scratch, true);
    ground.reset();
    Path log = listen(ground);

    SyncOrder order = SyncOrder.of(ground.project(), log);

    assertThat(order.violations()).isEmpty();
    assertThat(order.files()).isGreaterThan(10);
  }

  @Test
  void a_sync_left_out_is_found() throws IOException {
    Ground ground = Ground.small(tarn(), scratch, true);
    ground.reset();
    Path log = listen(ground);
    List<String> lines = Files.readAllLines(log);
    String parquet =
        lines.stream()
            .filter(line -> line.contains(" fsync ") && line.endsWith(".parquet"))
            .findFirst()
            .orElseThrow();
    String folder =
        lines.stream()
            .filter(line -> line.contains(" fsync ") && line.endsWith("/metadata"))
            .findFirst()
            .orElseThrow();
    String path = folder.substring(folder.indexOf('/'));
    lines.removeIf(line -> line.equals(parquet) || line.contains(" fsync ") && line.endsWith(path));
    Files.write(log, lines);

    List<String> violations = SyncOrder.of(ground.project(), log).violations();

    assertThat(violations)
        .anyMatch(text -> text.contains(".parquet was named before it was synced"));
    assertThat(violations).anyMatch(text -> text.contains("before the folder " + path));
  }

  @Test
  void damage_is_never_silent() throws IOException {
    Ground ground = Ground.small(tarn(), scratch, true);

    well(
        new Damage(ground.project(), ground.expected(), 14, new Figures("damage"))
            .mutants(20 * ROUNDS));
  }

  @Test
  void committers_at_once_all_get_their_rows_in_once() {
    well(
        ManyCommitters.commits(
            tarn(), scratch.resolve("project"), 5, Math.max(2, ROUNDS), new Figures("commits")));
  }

  @Test
  void runs_at_once_wait_for_each_other() {
    Ground ground = Ground.small(tarn(), scratch, true);

    well(ManyCommitters.runs(ground, 1, 3, new Figures("runs")));
  }

  @Test
  void lost_replies_lose_nothing() {
    Ground ground = Ground.small(tarn(), scratch, true);

    well(new ReplyLost(ground, 15, new Figures("replies")).losses(3 * ROUNDS));
  }

  @Test
  void a_clock_that_jumps_changes_nothing() {
    Ground ground = Ground.small(tarn(), scratch, true);
    ground.reset();
    SplittableRandom random = new SplittableRandom(16);
    InstantSource jumping = () -> Instant.now().plusSeconds(random.nextInt(-86_400, 86_400));
    Figures figures = new Figures("clock");
    figures.trial();

    new OwnRun(ground.project(), jumping, random, dev.tarn.store.CommitSeam.NONE).run();

    ground.judge(figures, "after a run under a jumping clock");
    well(figures);
  }

  private static Tarn tarn() {
    return Tarn.ofThisProcess();
  }

  private Shim shim() {
    Optional<Shim> shim = Shim.build(scratch.resolve("shim"));
    assumeTrue(shim.isPresent(), "needs Linux and a C compiler");
    return shim.orElseThrow();
  }

  private Path listen(Ground ground) {
    Path log = scratch.resolve("calls.log");
    ground
        .tarn()
        .run(ground.project(), shim().listening(OpenLake.folder(ground.project()), log), "run")
        .requireWell();
    return log;
  }

  private static void well(Figures figures) {
    assertThat(figures.well()).as(figures.line() + "\n" + figures.first()).isTrue();
  }
}
