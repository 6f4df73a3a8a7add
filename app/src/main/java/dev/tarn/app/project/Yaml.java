package dev.tarn.app.project;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML 1.2 as settings need it: mappings, lists and single values. Anchors, aliases, tags and
/// duplicate keys are problems, since each lets a file mean something other than what it seems to
/// say.
public final class Yaml {
  private static final int DEPTH_LIMIT = 50;

  private final String file;
  private final int linesBefore;
  private final Problems problems;

  private Yaml(String file, int linesBefore, Problems problems) {
    this.file = file;
    this.linesBefore = linesBefore;
    this.problems = problems;
  }

  /// Reads a text; empty when it holds nothing or can't be read at all.
  ///
  /// @param linesBefore how many lines stand above the text in its file
  public static Optional<Node> read(String file, int linesBefore, String text, Problems problems) {
    return new Yaml(file, linesBefore, problems).read(text);
  }

  private Optional<Node> read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(2_000_000).build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      Optional<Node> first = Optional.empty();
      while (events.hasNext()) {
        Event event = events.next();
        if (event instanceof NodeEvent node) {
          if (first.isPresent()) {
            problems.add(at(event), "a second document begins here", "keep one document in a file");
            break;
          }
          first = Optional.of(node(node, events, 0));
        }
      }
      return first;
    } catch (MarkedYamlEngineException e) {
      Location at = e.getProblemMark().map(this::at).orElse(Location.file(file));
      problems.add(
          at,
          "this is not YAML: " + e.getProblem(),
          "mind the indentation, and put texts with : or # in quotes");
    } catch (YamlEngineException e) {
      problems.add(Location.file(file), "this is not YAML: " + firstLine(e), "");
    }
    return Optional.empty();
  }

  private Node node(NodeEvent event, Iterator<Event> events, int depth) {
    if (depth > DEPTH_LIMIT) {
      throw new YamlEngineException("nested more than " + DEPTH_LIMIT + " deep");
    }
    refuseAnchorsAndTags(event);
    return switch (event) {
      case ScalarEvent scalar ->
          new Node.Scalar(
              at(event), scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
      case SequenceStartEvent _ -> new Node.Sequence(at(event), items(events, depth));
      case MappingStartEvent _ -> new Node.Mapping(at(event), entries(events, depth));
      default -> new Node.Scalar(at(event), "", true);
    };
  }

  private List<Node> items(Iterator<Event> events, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      if (event instanceof NodeEvent node) {
        items.add(node(node, events, depth + 1));
      }
    }
    return items;
  }

  private List<Node.Entry> entries(Iterator<Event> events, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof NodeEvent keyEvent)) {
        continue;
      }
      Node key = node(keyEvent, events, depth + 1);
      Node value = value(events, depth);
      if (!(key instanceof Node.Scalar name)) {
        problems.add(key.at(), "a key must be a single name, not " + key.kind(), "");
      } else if (!seen.add(name.text())) {
        problems.add(
            key.at(),
            "the key '" + name.text() + "' stands here a second time",
            "keep one of the two");
      } else {
        entries.add(new Node.Entry(key.at(), name.text(), value));
      }
    }
    return entries;
  }

  private Node value(Iterator<Event> events, int depth) {
    Event event = events.next();
    return event instanceof NodeEvent node
        ? node(node, events, depth + 1)
        : new Node.Scalar(at(event), "", true);
  }

  private void refuseAnchorsAndTags(NodeEvent event) {
    if (event instanceof AliasEvent) {
      problems.add(at(event), "aliases (*name) are not read here", "write the value out");
    } else if (event.getAnchor().isPresent()) {
      problems.add(
          at(event), "anchors (&name) are not read here", "write the value out where it is needed");
    }
    if (tag(event).isPresent()) {
      problems.add(
          at(event), "tags (" + tag(event).get() + ") are not read here", "remove the tag");
    }
  }

  private static Optional<String> tag(NodeEvent event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case SequenceStartEvent sequence -> sequence.getTag();
      case MappingStartEvent mapping -> mapping.getTag();
      default -> Optional.empty();
    };
  }

  private Location at(Event event) {
    return event.getStartMark().map(this::at).orElse(Location.file(file));
  }

  private Location at(Mark mark) {
    return new Location(file, mark.getLine() + 1 + linesBefore, mark.getColumn() + 1);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
