package dev.tarn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds a folder that holds `initdb` and `postgres`: those from Maven, or those of the system.
final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final List<Path> SYSTEM_HOMES =
      List.of(
          Path.of("/usr/lib/postgresql"), Path.of("/opt/homebrew/opt"), Path.of("/usr/local/opt"));

  private PostgresBinaries() {}

  static Path folder() throws IOException, InterruptedException {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return fits ? fromMaven() : fromSystem();
  }

  /// Unpacked once per machine and user, aside and then moved, so that two test runs may race.
  private static Path fromMaven() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("java.io.tmpdir"), "tarn-postgres-" + archiveVersion());
    if (!Files.isExecutable(home.resolve("bin/postgres"))) {
      Path aside =
          Files.createTempDirectory(
              "tarn-postgres-",
              // The server runs as another user when the tests run as root.
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      unpack(aside);
      try {
        Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
        ProcessRun.of("rm", "-rf", aside.toString());
      }
    }
    return home.resolve("bin");
  }

  private static String archiveVersion() throws IOException {
    String user = System.getProperty("user.name");
    try (var in = archive()) {
      return user + "-" + in.readAllBytes().length;
    }
  }

  private static void unpack(Path folder) throws IOException, InterruptedException {
    Path archive = Files.createTempFile("tarn-postgres-", ".txz");
    try {
      try (var in = archive()) {
        Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessRun.of("tar", "-xJf", archive.toString(), "-C", folder.toString(), "--no-same-owner");
      ProcessRun.of("chmod", "755", folder.toString());
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  private static InputStream archive() throws IOException {
    @Nullable InputStream in = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (in == null) {
      throw new IOException(ARCHIVE + " is not on the class path: tarn-testkit brings it");
    }
    return in;
  }

  private static Path fromSystem() throws IOException {
    for (Path home : SYSTEM_HOMES) {
      if (Files.isDirectory(home)) {
        try (Stream<Path> versions = Files.list(home)) {
          var newest =
              versions
                  .map(version -> version.resolve("bin"))
                  .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                  .max(Path::compareTo);
          if (newest.isPresent()) {
            return newest.get();
          }
        }
      }
    }
    throw new IOException(
        "no PostgreSQL found in " + SYSTEM_HOMES + ": install PostgreSQL 15 or newer");
  }
}
