package dev.tarn.app.project;

import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What executes SQL and within which limits: `engine:`, `memory:`, `threads:`, `temporary:`,
/// `wait:` in tarn.yml.
///
/// @param memory the most memory for all queries together; by default 60 % of the machine's
/// @param threads how much goes on at once; by default one per processor
/// @param temporary where results larger than memory are spilled
/// @param temporaryLimit the most disk for that
/// @param patience how long a run waits for another that is under way
public record WorkSettings(
    String engine,
    ByteSize memory,
    int threads,
    Path temporary,
    ByteSize temporaryLimit,
    Duration patience) {

  static WorkSettings read(Settings project, Path folder, Machine machine) {
    Optional<Settings> block =
        project
            .node("engine")
            .filter(node -> node instanceof Node.Mapping)
            .map(node -> Settings.block(node, project.problems()));
    String engine =
        block
            .map(settings -> settings.text("name", "duckdb"))
            .orElseGet(() -> project.text("engine", "duckdb"));
    if (!engine.equals("duckdb")) {
      project.problem(
          "engine",
          "the engine '" + engine + "' is not part of this version",
          "write engine: duckdb");
    }
    WorkSettings read =
        new WorkSettings(
            engine,
            block
                .flatMap(settings -> settings.size("memory"))
                .or(() -> project.size("memory"))
                .orElse(machine.memoryDefault()),
            block
                .flatMap(settings -> settings.number("threads", 1, 1024))
                .or(() -> project.number("threads", 1, 1024))
                .map(Long::intValue)
                .orElse(machine.processors()),
            folder
                .resolve(
                    block
                        .flatMap(settings -> settings.text("temporary"))
                        .or(() -> project.text("temporary"))
                        .orElse(".tarn/tmp"))
                .normalize(),
            block
                .flatMap(settings -> settings.size("temporary_limit"))
                .or(() -> project.size("temporary_limit"))
                .orElse(new ByteSize(1_000_000_000_000L)),
            project.duration("wait").orElse(Duration.ofMinutes(10)));
    block.ifPresent(Settings::done);
    refuseTooLittle(project, read);
    return read;
  }

  private static void refuseTooLittle(Settings project, WorkSettings read) {
    if (read.memory.bytes() < 64_000_000) {
      project.problem(
          "memory",
          "memory of " + read.memory + " is too little to work with",
          "give at least 64MB");
    }
  }
}
