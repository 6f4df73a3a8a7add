package dev.tarn.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a distribution whose Java only writes down how it was called.
class LauncherTest {
  private static final String WRITES_DOWN =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in -XX:AOTCacheOutput=*) echo trained >>"$TRAININGS"; %s ;; esac
      done
      echo "locale $LC_ALL"
      for word in "$@"; do echo "$word"; done
      """;
  private static final String TRAINS = WRITES_DOWN.formatted("echo cache >\"${word#*=}\"; exit 0");
  private static final String CANNOT_TRAIN = WRITES_DOWN.formatted("exit 1");

  @TempDir Path folder;
  private Path distribution;
  private Path trainings;

  @BeforeEach
  void a_distribution_in_a_folder_with_a_space() throws Exception {
    distribution = Files.createDirectories(folder.resolve("my programs/tarn"));
    trainings = folder.resolve("trainings");
    Files.copy(Rooms.house().resolve("tarn"), distribution.resolve("tarn"));
    executable(distribution.resolve("tarn"));
    Files.writeString(distribution.resolve("VERSION"), "9.9.9 20260101\n");
    Files.createDirectories(distribution.resolve("lib"));
    Files.writeString(distribution.resolve("lib/tarn-app.jar"), "jar");
    Files.createDirectories(distribution.resolve("native/" + platform()));
  }

  @Test
  void words_reach_the_program_as_they_were_written() throws Exception {
    Path jdk = jdk("jdk", "25.0.3", TRAINS);

    Answer answer = start(Map.of("JAVA_HOME", jdk), "query", "SELECT 'a  b' AS \"*\"");

    assertThat(answer.status).isZero();
    assertThat(answer.lines()).endsWith("dev.tarn.app.Main", "query", "SELECT 'a  b' AS \"*\"");
    assertThat(answer.lines()).contains("-cp", distribution.resolve("lib/tarn-app.jar").toString());
  }

  @Test
  void java_gets_a_locale_that_can_say_everything() throws Exception {
    Path jdk = jdk("jdk", "25", TRAINS);

    Answer answer = start(Map.of("JAVA_HOME", jdk, "LC_ALL", Path.of("C")), "status");

    assertThat(answer.lines()).contains("locale C.UTF-8");
  }

  @Test
  void the_launcher_follows_links_to_its_own_folder() throws Exception {
    Path jdk = jdk("jdk", "25", TRAINS);
    Path link = Files.createSymbolicLink(folder.resolve("one"), distribution.resolve("tarn"));
    Path linkToLink = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    Answer answer = start(linkToLink, Map.of("JAVA_HOME", jdk), "--version");

    assertThat(link).isSymbolicLink();
    assertThat(answer.output).contains(distribution.resolve("lib/tarn-app.jar").toString());
  }

  @Test
  void a_java_named_for_tarn_wins_over_another() throws Exception {
    Path general = jdk("general", "25", TRAINS);
    Path named = jdk("named", "25.0.1", TRAINS);

    Answer answer = start(Map.of("JAVA_HOME", general, "TARN_JAVA_HOME", named), "--java-home");

    assertThat(answer.output.strip()).isEqualTo(named.toString());
  }

  @Test
  void a_java_named_for_tarn_must_be_25() throws Exception {
    Path old = jdk("old", "17.0.2", TRAINS);

    Answer answer = start(Map.of("TARN_JAVA_HOME", old), "--version");

    assertThat(answer.status).isEqualTo(2);
    assertThat(answer.output).contains(old.toString()).contains("not a JDK 25");
  }

  @Test
  void another_java_in_java_home_is_passed_over() throws Exception {
    Path old = jdk("old", "24.0.2", TRAINS);

    Answer answer = start(Map.of("JAVA_HOME", old), "--java-home");

    assertThat(answer.output).doesNotContain(old.toString());
  }

  @Test
  void the_cache_is_trained_once_and_then_used() throws Exception {
    Path jdk = jdk("jdk", "25", TRAINS);

    Answer first = start(Map.of("JAVA_HOME", jdk), "status");
    Answer second = start(Map.of("JAVA_HOME", jdk), "status");

    assertThat(trainings).hasContent("trained\n");
    String use = "-XX:AOTCache=" + distribution.resolve("cache/tarn.aot");
    assertThat(first.lines()).contains(use);
    assertThat(second.lines()).contains(use);
  }

  @Test
  void another_java_or_newer_jars_mean_another_training() throws Exception {
    start(Map.of("JAVA_HOME", jdk("jdk", "25", TRAINS)), "status");

    start(Map.of("JAVA_HOME", jdk("other", "25", TRAINS)), "status");
    assertThat(trainings).hasContent("trained\ntrained\n");

    Files.writeString(distribution.resolve("VERSION"), "9.9.9 20260202\n");
    start(Map.of("JAVA_HOME", jdk("other", "25", TRAINS)), "status");
    assertThat(trainings).hasContent("trained\ntrained\ntrained\n");
  }

  @Test
  void a_cache_that_cannot_be_made_fails_no_command_and_is_not_tried_again() throws Exception {
    Path jdk = jdk("jdk", "25", CANNOT_TRAIN);

    Answer first = start(Map.of("JAVA_HOME", jdk), "status");
    Answer second = start(Map.of("JAVA_HOME", jdk), "status");

    assertThat(first.status).isZero();
    assertThat(first.output).doesNotContain("-XX:AOTCache=");
    assertThat(second.status).isZero();
    assertThat(trainings).hasContent("trained\n");
  }

  @Test
  void two_first_starts_at_once_train_once() throws Exception {
    Path jdk = jdk("jdk", "25", TRAINS);
    var started = new ArrayList<Process>();

    for (int i = 0; i < 6; i++) {
      started.add(launch(distribution.resolve("tarn"), Map.of("JAVA_HOME", jdk), "status"));
    }

    for (Process process : started) {
      assertThat(answer(process).status).isZero();
    }
    assertThat(trainings).hasContent("trained\n");
  }

  private Path jdk(String name, String version, String java) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(Files.writeString(home.resolve("bin/java"), java));
    return home;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String platform() throws Exception {
    Process uname = new ProcessBuilder("uname", "-sm").start();
    return answer(uname).output.strip().replace(' ', '-');
  }

  private Answer start(Map<String, Path> environment, String... words) throws Exception {
    return start(distribution.resolve("tarn"), environment, words);
  }

  private Answer start(Path launcher, Map<String, Path> environment, String... words)
      throws Exception {
    return answer(launch(launcher, environment, words));
  }

  private Process launch(Path launcher, Map<String, Path> environment, String... words)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    List.of("JAVA_HOME", "TARN_JAVA_HOME", "TARN_AOT", "TARN_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    builder.environment().put("TRAININGS", trainings.toString());
    environment.forEach((name, value) -> builder.environment().put(name, value.toString()));
    return builder.start();
  }

  private static Answer answer(Process process) throws Exception {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }

  private record Answer(int status, String output) {
    List<String> lines() {
      return output.lines().toList();
    }
  }
}
