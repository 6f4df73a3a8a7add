package dev.tarn.store;

import static dev.tarn.store.Given.IMPATIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.testkit.FreePort;
import dev.tarn.testkit.PostgresExtension;
import dev.tarn.testkit.TemporaryPostgres;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresFaultsTest {
  private static final String END_ALL =
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";
  private String url = "";

  @BeforeEach
  void database(TemporaryPostgres postgres) {
    url = postgres.freshDatabase();
  }

  @Test
  void a_server_that_is_not_there_is_a_matter_of_trying_again() {
    String nobody = "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/lake?user=tarn";

    fails(() -> open(nobody), Remedy.RETRY, "cannot be reached", "start the server");
  }

  @Test
  void a_server_that_says_nothing_is_not_waited_for_without_end() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String mute =
          "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/lake?user=a&socketTimeout=1";

      fails(() -> open(mute), Remedy.RETRY, "cannot be reached");
    }
  }

  @Test
  void a_database_that_is_not_there_is_named() {
    String none = url.replaceFirst("/test_\\d+", "/atlantis");

    fails(() -> open(none), Remedy.FIX_INPUT, "no database 'atlantis'", "createdb");
  }

  @Test
  void a_user_that_is_not_there_is_named() {
    String stranger = url.replace("user=tarn", "user=stranger");

    fails(() -> open(stranger), Remedy.FIX_INPUT, "'stranger'", "lake.metadata");
  }

  @Test
  void a_wrong_password_is_told_without_showing_it() throws Exception {
    execute("CREATE USER guarded PASSWORD 'right'");
    execute(
        """
        DO $$
        DECLARE file text := current_setting('hba_file');
        BEGIN
          CREATE TEMP TABLE hba AS SELECT 1 AS n, 'host all guarded 127.0.0.1/32 scram-sha-256' AS line
            UNION ALL SELECT 2, line FROM regexp_split_to_table(pg_read_file(file), E'\\n') AS line;
          EXECUTE format('COPY (SELECT replace(line, E''\\t'', '' '') FROM hba ORDER BY n) TO %L', file);
          PERFORM pg_reload_conf();
        END $$\
        """);
    String wrong = url.replace("user=tarn&password=tarn", "user=guarded&password=wr0ng");

    fails(() -> open(wrong), Remedy.FIX_INPUT, "'guarded'", "check user and password");

    assertThatThrownBy(() -> open(wrong)).message().doesNotContain("wr0ng");
  }

  @Test
  void a_user_who_may_make_no_tables_is_told_so() throws Exception {
    execute("CREATE USER reader");

    fails(
        () -> open(url.replace("user=tarn", "user=reader")),
        Remedy.FIX_INPUT,
        "permission denied",
        "let the user make");
  }

  @Test
  void a_server_that_only_reads_is_told_apart() throws Exception {
    open(url).close();
    execute(
        "ALTER DATABASE "
            + url.replaceAll(".*/|\\?.*", "")
            + " SET default_transaction_read_only = on");

    try (MetadataStore store = open(url)) {
      assertThat(TransactionsContract.note(store, "a")).isEmpty();
      fails(
          () -> store.write(tx -> tx.notes().put("a", "1")),
          Remedy.FIX_INPUT,
          "can only be read",
          "primary");
    }
  }

  @Test
  void a_process_that_sits_on_a_table_is_not_waited_for_without_end() throws Exception {
    try (MetadataStore store = open(url);
        var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE tarn_notes");

      fails(
          () -> store.write(tx -> tx.notes().put("a", "1")),
          Remedy.RETRY,
          "held up by other processes");

      connection.rollback();
      store.write(tx -> tx.notes().put("a", "1"));
    }
  }

  @Test
  void connections_cut_between_two_transactions_are_not_noticed() throws Exception {
    try (MetadataStore store = open(url)) {
      store.write(tx -> tx.notes().put("a", "1"));
      execute(END_ALL);

      assertThat(TransactionsContract.note(store, "a")).contains("1");
      store.write(tx -> tx.notes().put("a", "2"));

      assertThat(TransactionsContract.note(store, "a")).contains("2");
    }
  }

  @Test
  void a_connection_cut_within_a_transaction_has_it_done_again_once() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (MetadataStore store = open(url)) {
      store.write(tx -> {
        tx.notes().put("try " + tries.incrementAndGet(), "1");
        if (tries.get() == 1) {
          cut();
        }
        tx.notes().put("end", "1");
      });

      assertThat(TransactionsContract.note(store, "try 1")).isEmpty();
      assertThat(TransactionsContract.note(store, "try 2")).contains("1");
    }
  }

  @Test
  void a_connection_that_is_cut_each_time_is_given_up() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (MetadataStore store = open(url)) {
      fails(
          () ->
              store.write(tx -> {
                tries.incrementAndGet();
                cut();
                tx.notes().put("a", "1");
              }),
          Remedy.RETRY,
          "cannot be reached");

      assertThat(tries).hasValue(IMPATIENT.attempts());
    }
  }

  @Test
  void a_commit_whose_connection_is_cut_has_an_unknown_outcome() {
    CommitSeam cutting =
        new CommitSeam() {
          @Override
          public void before() {
            cut();
          }
        };
    open(url).close();
    try (MetadataStore store =
        Given.open(
            MetadataLocation.parse(url, Path.of(".")), IMPATIENT, cutting, Migrations.RELEASED)) {
      assertThatThrownBy(() -> store.write(tx -> tx.notes().put("a", "1")))
          .isInstanceOf(CommitOutcomeUnknown.class);

      assertThat(TransactionsContract.note(store, "a")).isEmpty();
    }
  }

  @Test
  void a_commit_that_the_server_waits_for_in_vain_holds_up_nobody(TemporaryPostgres postgres)
      throws Exception {
    try (CutWire wire = CutWire.to(postgres.port())) {
      AtomicInteger commits = new AtomicInteger();
      CommitSeam cutting =
          new CommitSeam() {
            @Override
            public void before() throws SQLException {
              if (commits.incrementAndGet() == 2) {
                cut(wire);
              }
            }
          };
      var location =
          MetadataLocation.parse(
              url.replace(":" + postgres.port(), ":" + wire.port()), Path.of("."));
      try (MetadataStore store = Given.open(location, IMPATIENT, cutting, Migrations.RELEASED)) {
        store.write(tx -> tx.notes().put("a", "1"));

        assertThatThrownBy(() -> store.write(tx -> tx.notes().put("a", "2")))
            .isInstanceOf(CommitOutcomeUnknown.class);

        assertThat(TransactionsContract.note(store, "a")).contains("1");
        store.write(tx -> tx.notes().put("a", "3"));
        assertThat(TransactionsContract.note(store, "a")).contains("3");
      }
    }
  }

  private static void cut(CutWire wire) throws SQLException {
    try {
      wire.cut();
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  @Test
  void a_lock_whose_connection_was_cut_is_not_held() throws Exception {
    try (MetadataStore store = open(url);
        RunLock lock = store.lockRuns(Duration.ZERO, _ -> {})) {
      assertThat(lock.held()).isTrue();

      execute(END_ALL);

      assertThat(lock.held()).isFalse();
    }
  }

  @Test
  void lakes_in_two_schemas_of_a_database_know_nothing_of_each_other() {
    try (MetadataStore a = open(url + "&currentSchema=a");
        MetadataStore b = open(url + "&currentSchema=b");
        RunLock _ = a.lockRuns(Duration.ZERO, _ -> {});
        RunLock _ = b.lockRuns(Duration.ZERO, _ -> {})) {
      a.write(tx -> tx.notes().put("a", "1"));

      assertThat(TransactionsContract.note(b, "a")).isEmpty();
    }
  }

  private static MetadataStore open(String url) {
    return Given.open(
        MetadataLocation.parse(url, Path.of(".")), IMPATIENT, CommitSeam.NONE, Migrations.RELEASED);
  }

  private void cut() {
    try {
      execute(END_ALL);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void fails(ThrowingCallable work, Remedy remedy, String... words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(remedy))
        .message()
        .contains(words)
        .contains("postgresql://");
  }
}
