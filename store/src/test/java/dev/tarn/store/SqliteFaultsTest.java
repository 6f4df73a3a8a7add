package dev.tarn.store;

import static dev.tarn.store.Given.IMPATIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest {
  @TempDir Path folder;

  private MetadataLocation.SqliteFile file() {
    return new MetadataLocation.SqliteFile(folder.resolve("tarn.db"));
  }

  @AfterEach
  void the_folder_can_be_removed() throws IOException {
    permit(folder, "rwxr-xr-x");
  }

  @Test
  void a_text_file_is_no_database() throws IOException {
    Files.writeString(file().file(), "name: shop\n".repeat(1000));

    fails(() -> Given.open(file()), Remedy.FIX_DATA, "not a database");
  }

  @Test
  void a_folder_is_no_database() throws IOException {
    Files.createDirectory(file().file());

    fails(() -> Given.open(file()), Remedy.FIX_INPUT, "is a folder");
  }

  @Test
  void another_programs_database_is_left_alone() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bookmarks (url TEXT)");
    }
    byte[] before = Files.readAllBytes(file().file());

    fails(() -> Given.open(file()), Remedy.FIX_INPUT, "bookmarks");

    assertThat(Files.readAllBytes(file().file())).isEqualTo(before);
  }

  @Test
  void an_empty_file_becomes_a_database() throws IOException {
    Files.createFile(file().file());

    Given.open(file()).close();

    assertThat(Files.size(file().file())).isPositive();
  }

  @Test
  void a_locked_database_is_a_matter_of_waiting() throws Exception {
    Given.open(file()).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        MetadataStore store = Given.open(file(), IMPATIENT, CommitSeam.NONE, Migrations.RELEASED)) {
      statement.execute("BEGIN IMMEDIATE");

      fails(() -> store.write(tx -> tx.notes().put("a", "1")), Remedy.RETRY, "locked");

      assertThat(TransactionsContract.note(store, "a")).isEmpty();
      statement.execute("ROLLBACK");
      store.write(tx -> tx.notes().put("a", "1"));
    }
  }

  @Test
  void a_database_that_lost_a_table_says_which() throws Exception {
    Given.open(file()).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE tarn_notes");
    }

    try (MetadataStore store = Given.open(file())) {
      fails(() -> TransactionsContract.note(store, "a"), Remedy.FIX_DATA, "tarn_notes");
      assertThat(store.verify()).singleElement().asString().contains("tarn_notes");
    }
  }

  @Test
  void a_database_whose_list_of_tables_is_damaged_is_no_new_one() throws Exception {
    Given.open(file()).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON");
      statement.execute(
          "UPDATE sqlite_master SET name = 'tarn_versiom' WHERE name = 'tarn_version'");
    }

    fails(() -> Given.open(file()), Remedy.FIX_DATA, "damaged");
  }

  @Test
  void a_full_disk_changes_nothing_and_the_next_write_works() {
    try (MetadataStore store = Given.open(file())) {
      store.write(tx -> tx.notes().put("a", "1"));

      fails(
          () ->
              store.write(tx -> {
                // SQLite takes this limit for the end of the disk.
                ((SqlTransaction) tx).sql().define("PRAGMA max_page_count = 1");
                tx.notes().put("a", "2");
                tx.notes().put("b", "x".repeat(10_000_000));
              }),
          Remedy.RETRY,
          "full");

      assertThat(TransactionsContract.note(store, "a")).contains("1");
      store.write(tx -> tx.notes().put("a", "3"));
      assertThat(TransactionsContract.note(store, "a")).contains("3");
    }
  }

  @Test
  void a_value_that_tarn_did_not_write_is_damage() throws Exception {
    try (MetadataStore store = Given.open(file())) {
      store.write(tx -> tx.files().add(List.of(Given.file("/a"))));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("UPDATE tarn_files SET kind = 'dbta'");
    }

    try (MetadataStore store = Given.open(file())) {
      fails(() -> store.read(tx -> tx.files().all()), Remedy.FIX_DATA, "DBTA");
    }
  }

  @Test
  void damage_is_a_problem_that_names_the_file_and_never_a_fault_of_ours() throws Exception {
    try (MetadataStore store = Given.open(file())) {
      List<FileRecord> files = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        files.add(Given.file("/lake/silver/orders/data/" + i + ".parquet"));
      }
      store.write(tx -> tx.files().add(files));
    }
    Path whole = folder.resolve("whole.db");
    Files.move(file().file(), whole);
    SplittableRandom random = new SplittableRandom(42);
    int noticed = 0;

    for (int trial = 0; trial < 60; trial++) {
      Files.copy(whole, file().file(), StandardCopyOption.REPLACE_EXISTING);
      overwrite(random.nextLong(Files.size(whole)), random);
      noticed += damageNoticed() ? 1 : 0;
    }

    assertThat(noticed).isGreaterThan(30);
  }

  private void overwrite(long at, SplittableRandom random) throws IOException {
    try (var access = new RandomAccessFile(file().file().toFile(), "rw")) {
      byte[] noise = new byte[512];
      random.nextBytes(noise);
      access.seek(at);
      access.write(noise);
    }
  }

  private boolean damageNoticed() {
    try (MetadataStore store = Given.open(file())) {
      boolean found = !store.verify().isEmpty();
      store.read(tx -> tx.files().all().size());
      return found;
    } catch (Failure e) {
      assertThat(e.remedy()).isIn(Remedy.FIX_DATA, Remedy.FIX_INPUT);
      assertThat(e).hasMessageContaining("tarn.db");
      return true;
    }
  }

  @Test
  void in_a_read_only_folder_one_reads_and_is_told_why_one_cannot_write() throws Exception {
    try (MetadataStore store = Given.open(file())) {
      store.write(tx -> tx.notes().put("a", "1"));
    }
    permit(file().file(), "r--r--r--");
    permit(folder, "r-xr-xr-x");

    try (Child child = Child.bound("reads and writes", file())) {
      assertThat(child.saysInAll())
          .contains("a is 1")
          .contains("refused", "cannot be written", "give this user the right");
    }
  }

  @Test
  void a_database_left_open_by_a_dead_process_is_read_in_a_read_only_folder() throws Exception {
    try (Child child = Child.that("commits and waits", file())) {
      assertThat(child.says()).isEqualTo("committed");
      child.kill();
    }
    permit(folder, "r-xr-xr-x");

    try (Child child = Child.bound("reads and writes", file())) {
      assertThat(child.saysInAll()).contains("a is whole").contains("refused");
    }
  }

  @Test
  void where_nothing_may_be_made_the_failure_says_so() throws Exception {
    permit(folder, "r-xr-xr-x");

    try (Child child = Child.bound("reads and writes", file())) {
      assertThat(child.saysInAll()).contains("refused", "tarn.db", "cannot be opened");
    }
  }

  @Test
  void a_closed_store_is_of_no_use() {
    MetadataStore store = Given.open(file());
    store.close();

    assertThatThrownBy(() -> store.write(tx -> tx.notes().put("a", "1")))
        .hasMessageContaining("after it was closed");
  }

  @Test
  void closing_leaves_one_file() throws IOException {
    try (MetadataStore store = Given.open(file())) {
      store.write(tx -> tx.notes().put("a", "1"));
      TransactionsContract.note(store, "a");
    }

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file().file());
    }
  }

  private static void fails(ThrowingCallable work, Remedy remedy, String what) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(remedy))
        .hasMessageContaining(what)
        .hasMessageContaining("tarn.db");
  }

  private static void permit(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }
}
