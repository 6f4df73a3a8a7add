package dev.tarn.app.project;

import dev.tarn.vocabulary.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Where the values of a YAML text begin and end, so that one can be written anew while all others,
/// and all comments, stay as they are.
public final class YamlSpans {
  private final String text;
  private final Map<Place, Span> spans = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private int flows;

  private YamlSpans(String text) {
    this.text = text;
  }

  /// The stretch of text that a value takes. A block ends where its last value ends, before any
  /// comment behind it.
  ///
  /// @param start of the first character
  /// @param end behind the last character
  /// @param flow whether it is a list or block in brackets
  /// @param inFlow whether it stands within brackets
  public record Span(int start, int end, boolean flow, boolean inFlow) {}

  private record Place(int line, int column, boolean scalar) {}

  private record Open(Place place, int start, boolean flow, int[] lastEnd) {}

  /// @param text must be right YAML
  public static YamlSpans of(String text) {
    YamlSpans spans = new YamlSpans(text);
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(10_000_000).build();
    new Parse(settings).parseString(text).forEach(spans::see);
    return spans;
  }

  /// The list or block that begins at a place.
  public Optional<Span> collection(Location at) {
    return Optional.ofNullable(spans.get(new Place(at.line(), at.column(), false)));
  }

  /// The single value that begins at a place.
  public Optional<Span> scalar(Location at) {
    return Optional.ofNullable(spans.get(new Place(at.line(), at.column(), true)));
  }

  private void see(Event event) {
    Mark from = event.getStartMark().orElse(null);
    Mark to = event.getEndMark().orElse(null);
    if (from == null || to == null) {
      return;
    }
    switch (event) {
      case ScalarEvent _ -> {
        int end = trimmed(offset(from), offset(to));
        spans.put(place(from, true), new Span(offset(from), end, false, flows > 0));
        ended(end);
      }
      case CollectionStartEvent start -> {
        boolean flow = start.getFlowStyle() == FlowStyle.FLOW;
        open.push(new Open(place(from, false), offset(from), flow, new int[] {offset(to)}));
        flows += flow ? 1 : 0;
      }
      default -> {
        if (event.getEventId() == Event.ID.SequenceEnd
            || event.getEventId() == Event.ID.MappingEnd) {
          close(offset(to));
        }
      }
    }
  }

  private void close(int to) {
    Open closed = open.pop();
    flows -= closed.flow ? 1 : 0;
    int end = closed.flow ? to : closed.lastEnd[0];
    spans.put(closed.place, new Span(closed.start, end, closed.flow, flows > 0));
    ended(end);
  }

  private void ended(int end) {
    if (!open.isEmpty()) {
      open.peek().lastEnd[0] = Math.max(open.peek().lastEnd[0], end);
    }
  }

  /// A text in lines (`|`) ends with the line behind it.
  private int trimmed(int start, int end) {
    int trimmed = end;
    while (trimmed > start && Character.isWhitespace(text.charAt(trimmed - 1))) {
      trimmed--;
    }
    return trimmed;
  }

  private int offset(Mark mark) {
    return text.offsetByCodePoints(
        0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
  }

  private static Place place(Mark mark, boolean scalar) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1, scalar);
  }
}
