package dev.tarn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataLocationTest {
  private static final Path PROJECT = Path.of("/home/anna/shop");

  @Test
  void a_path_counts_from_the_projects_folder() {
    assertThat(MetadataLocation.parse(".tarn/tarn.db", PROJECT))
        .isEqualTo(new MetadataLocation.SqliteFile(Path.of("/home/anna/shop/.tarn/tarn.db")));
    assertThat(MetadataLocation.parse("/var/lib/tarn.db", PROJECT)).hasToString("/var/lib/tarn.db");
  }

  @Test
  void a_url_is_taken_apart() {
    assertThat(
            MetadataLocation.parse(
                "jdbc:postgresql://db.example:6432,[::1]:5432/my%20lake?user=anna&password=p%26%3Dw&sslmode=require",
                PROJECT))
        .isEqualTo(
            new MetadataLocation.Postgres(
                "db.example:6432,[::1]:5432",
                "my lake",
                Optional.of("anna"),
                Optional.of("p&=w"),
                Map.of("sslmode", "require")));
  }

  @Test
  void a_password_is_never_shown() {
    var location = MetadataLocation.parse("jdbc:postgresql://db/lake?password=secret", PROJECT);

    assertThat(location.toString()).isEqualTo("postgresql://db/lake");
    for (String wrong :
        new String[] {
          "jdbc:postgresql://db/lake/x?password=secret",
          "jdbc:mysql://db/lake?password=secret",
          "postgresql://anna:secret@db/lake",
          "jdbc:postgresql://anna:secret@db/lake",
          "jdbc:postgresql://db/lake?password=secret&password=secret",
          "jdbc:postgresql://db/lake?password=secret&loggerFile=x"
        }) {
      assertThatThrownBy(() -> MetadataLocation.parse(wrong, PROJECT))
          .isInstanceOf(Failure.class)
          .message()
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
        "socketFactoryArg=http://evil/x.xml",
        "sslfactory=evil.Factory",
        "sslhostnameverifier=evil.Verifier",
        "sslpasswordcallback=evil.Callback",
        "authenticationPluginClassName=evil.Plugin",
        "xmlFactoryFactory=evil.Factory",
        "loggerFile=/etc/cron.d/x",
        "loggerLevel=TRACE",
        "service=evil",
        "jaasApplicationName=evil",
        "kerberosServerName=evil",
        "gsslib=sspi",
        "preferQueryMode=simple",
        "options=-c%20session_preload_libraries=evil",
        "SOCKETFACTORY=evil",
        "socket%46actory=evil",
        "socket%2546actory=evil",
        "\u017Focketfactory=evil",
        "autoDeserialize=true",
        "allowLoadLocalInfile=true",
        "INIT=RUNSCRIPT%20FROM%20'http://evil'",
        "PGHOST=evil",
        "PGDBNAME=evil",
        "User=anna",
        "=x"
      })
  void all_other_settings_of_the_driver_are_refused_by_name(String setting) {
    assertThatThrownBy(
            () -> MetadataLocation.parse("jdbc:postgresql://db/lake?user=a&" + setting, PROJECT))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT))
        .hasMessageContaining("cannot set")
        .hasMessageContaining("it may set ApplicationName, connectTimeout");
  }

  @Test
  void all_that_is_wrong_with_a_url_is_told_at_once() {
    assertThatThrownBy(() ->
            MetadataLocation.parse(
                "jdbc:postgresql://db/lake?sslmode=never&connectTimeout=soon&currentSchema=a;b&x=1",
                PROJECT))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.problems()).hasSize(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "/",
        "jdbc:h2:mem:x",
        "jdbc:sqlite:x.db",
        "jdbc:postgresql:lake",
        "jdbc:postgresql://db",
        "jdbc:postgresql://db/",
        "jdbc:postgresql://db/a/b",
        "jdbc:postgresql://db:port/a",
        "jdbc:postgresql://a b/c",
        "jdbc:postgresql://db/%zz",
        "JDBC:postgresql://db/lake",
        "postgres://db/lake"
      })
  void what_is_neither_a_path_nor_a_whole_url_is_refused(String text) {
    assertThatThrownBy(() -> MetadataLocation.parse(text, PROJECT)).isInstanceOf(Failure.class);
  }
}
