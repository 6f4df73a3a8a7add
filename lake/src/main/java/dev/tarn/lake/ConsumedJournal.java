package dev.tarn.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.io.OutputFile;

/// What sources have taken, kept beside the tables as well, so that after the metadata database is
/// lost no file is taken a second time.
final class ConsumedJournal {
  static final String SUFFIX = ".consumed.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  ConsumedJournal(Path warehouse) {
    this.folder = warehouse.resolve("consumed");
  }

  Path folder() {
    return folder;
  }

  /// A free name that sorts by the time of the run.
  String next(RunId run) {
    return folder.resolve(run.value() + "-" + Names.fresh() + SUFFIX).toString();
  }

  /// What one file tells.
  record Entries(List<Consumed> taken, List<Forgotten> forgotten) {}

  /// That what a run took for a table was given back by a later one.
  record Forgotten(TableName table, RunId run, RunId by) {}

  static void write(Entries entries, OutputFile file) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    put(entries.taken(), all);
    for (Forgotten one : entries.forgotten()) {
      all.addObject()
          .put("layer", one.table().layer())
          .put("table", one.table().name())
          .put("run", one.run().value())
          .put("forgotten_by", one.by().value());
    }
    try (OutputStream out = file.create()) {
      out.write(all.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void put(List<Consumed> taken, ArrayNode entries) {
    for (Consumed one : taken) {
      entries
          .addObject()
          .put("layer", one.table().layer())
          .put("table", one.table().name())
          .put("item", one.item())
          .put("version", one.version())
          .put("bytes", one.bytes())
          .put("modified", one.modified().toString())
          .put("identity", one.identity())
          .put("outcome", one.outcome())
          .put("rows", one.rows())
          .put("rejected", one.rejected())
          .put("run", one.run().value())
          .put("at", one.at().toString())
          .put("reading", one.reading());
    }
  }

  /// The journal's files, the oldest first.
  List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw LakeFailures.of(e, "reading " + folder);
    }
  }

  static Entries read(Path file) {
    byte[] bytes = FileCheck.read(file, Optional.empty());
    try {
      List<Consumed> taken = new ArrayList<>();
      List<Forgotten> forgotten = new ArrayList<>();
      for (JsonNode one : JSON.readTree(new String(bytes, StandardCharsets.UTF_8))) {
        if (one.has("forgotten_by")) {
          forgotten.add(forgotten(one));
        } else {
          taken.add(consumed(one));
        }
      }
      return new Entries(taken, forgotten);
    } catch (JsonProcessingException | RuntimeException e) {
      throw Failure.data(
          "the file " + file + " is damaged: " + e.getMessage(), "restore it from a backup");
    }
  }

  private static TableName table(JsonNode one) {
    return new TableName(one.path("layer").asText(), one.path("table").asText());
  }

  private static Forgotten forgotten(JsonNode one) {
    return new Forgotten(
        table(one),
        new RunId(one.path("run").asText()),
        new RunId(one.path("forgotten_by").asText()));
  }

  private static Consumed consumed(JsonNode one) {
    return new Consumed(
        table(one),
        one.path("item").asText(),
        one.path("version").asText(),
        one.path("bytes").asLong(),
        Instant.parse(one.path("modified").asText()),
        one.path("identity").asText(),
        one.path("outcome").asText(),
        one.path("rows").asLong(),
        one.path("rejected").asLong(),
        new RunId(one.path("run").asText()),
        Instant.parse(one.path("at").asText()),
        one.path("reading").asText());
  }
}
