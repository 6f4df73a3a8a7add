package dev.tarn.app.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.app.project.ModelFile;
import dev.tarn.app.project.Project;
import dev.tarn.quality.Checks;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A checked project remembered as text, so that the next run of the same files needs no engine to
/// understand them. The note is good only for exactly the files it was made from.
final class BlueprintNote {
  static final String KEY = "blueprint";
  private static final int FORMAT = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private BlueprintNote() {}

  static String write(Blueprint blueprint) {
    ObjectNode note = JSON.createObjectNode();
    note.put("format", FORMAT);
    note.put("hash", blueprint.project().hash());
    ObjectNode models = note.putObject("models");
    for (KnownModel model : blueprint.models()) {
      ObjectNode one = models.putObject(model.table().toString());
      one.put("fingerprint", model.fingerprint());
      write(one.putArray("inputs"), model.inputs());
      write(one.putArray("checkReads"), model.checkReads());
      model.uniqueBy().forEach(one.putArray("uniqueBy")::add);
      blueprint
          .lineage()
          .getOrDefault(model.table(), List.of())
          .forEach(edge -> write(one.withArray("lineage"), edge));
    }
    return note.toString();
  }

  private static void write(ArrayNode names, Collection<TableName> tables) {
    tables.stream().sorted().forEach(table -> names.add(table.toString()));
  }

  private static List<String> texts(JsonNode notes) {
    List<String> texts = new ArrayList<>();
    notes.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Set<TableName> tables(JsonNode names) {
    Set<TableName> tables = new HashSet<>();
    names.forEach(name -> tables.add(TableName.parse(name.asText())));
    return tables;
  }

  private static void write(ArrayNode edges, LineageEdge edge) {
    edges
        .addArray()
        .add(edge.column())
        .add(edge.fromTable().toString())
        .add(edge.fromColumn())
        .add(edge.kind());
  }

  /// Empty when the note is of other files, or of another version of Tarn.
  static Optional<Blueprint> read(
      String text, Project project, List<KnownSource> sources, Problems problems) {
    try {
      JsonNode note = JSON.readTree(text);
      boolean same =
          note.path("format").asInt() == FORMAT
              && note.path("hash").asText().equals(project.hash());
      return same ? models(note.path("models"), project, sources, problems) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static Optional<Blueprint> models(
      JsonNode notes, Project project, List<KnownSource> sources, Problems problems) {
    List<KnownModel> models = new ArrayList<>();
    Map<TableName, List<LineageEdge>> lineage = new HashMap<>();
    for (ModelFile file : project.models()) {
      JsonNode note = notes.path(file.table().toString());
      if (note.isMissingNode()) {
        return Optional.empty();
      }
      models.add(
          new KnownModel(
              file,
              tables(note.path("inputs")),
              tables(note.path("checkReads")),
              Checks.read(file.settings().checks(), problems),
              texts(note.path("uniqueBy")),
              note.path("fingerprint").asText()));
      lineage.put(file.table(), edges(file.table(), note.path("lineage")));
    }
    return Optional.of(new Blueprint(project, sources, models, lineage));
  }

  private static List<LineageEdge> edges(TableName table, JsonNode notes) {
    List<LineageEdge> edges = new ArrayList<>();
    notes.forEach(edge ->
        edges.add(
            new LineageEdge(
                table,
                edge.path(0).asText(),
                TableName.parse(edge.path(1).asText()),
                edge.path(2).asText(),
                edge.path(3).asText())));
    return edges;
  }
}
