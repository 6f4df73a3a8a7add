package dev.tarn.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the row elements of an XML file one after the other, holding one. Entities are never
/// resolved, neither from outside nor from the file's own declarations: a row that uses one is told
/// of, not guessed.
final class XmlRows implements AutoCloseable {
  private static final int DEEPEST = 100;
  private static final int LOOK_EVENTS = 20_000;
  private static final int LOOK_DEPTH = 4;

  private final InputStream in;
  private final XMLStreamReader reader;
  private final Optional<String> row;
  private final int rowDepth;
  private final long longest;
  private int depth;
  private long line;
  private Optional<String> fault = Optional.empty();
  private long size;

  /// An element as it stood.
  record Element(String name, List<Element> children, StringBuilder text) {}

  /// @param row the row element's name; absent: whatever stands at `rowDepth` with the name found
  ///   there
  XmlRows(Path file, Optional<String> row, long longest) throws IOException, XMLStreamException {
    this.longest = longest;
    Where where = row.isPresent() ? new Where(row, -1) : look(file);
    this.row = where.row();
    this.rowDepth = where.depth();
    this.in = Files.newInputStream(file);
    this.reader = factory().createXMLStreamReader(in);
  }

  private record Where(Optional<String> row, int depth) {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((_, _, _, _) -> InputStream.nullInputStream());
    return factory;
  }

  /// The rows are the children of the first element that has several of one name, looked for
  /// downwards from the root.
  private static Where look(Path file) throws IOException, XMLStreamException {
    List<Map<String, Integer>> counts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader reader = factory().createXMLStreamReader(in);
      int depth = 0;
      try {
        for (int events = 0; events < LOOK_EVENTS && reader.hasNext(); events++) {
          int event = reader.next();
          if (event == XMLStreamConstants.START_ELEMENT) {
            if (depth < LOOK_DEPTH) {
              while (counts.size() <= depth) {
                counts.add(new HashMap<>());
              }
              counts.get(depth).merge(reader.getLocalName(), 1, Integer::sum);
            }
            depth++;
          } else if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
          }
        }
      } catch (XMLStreamException _) {
        // What is wrong there is told when the rows are read.
      } finally {
        reader.close();
      }
    }
    for (int depth = 1; depth < counts.size(); depth++) {
      Map<String, Integer> names = counts.get(depth);
      Optional<Map.Entry<String, Integer>> most =
          names.entrySet().stream().max(Map.Entry.comparingByValue());
      if (most.isPresent()
          && (most.get().getValue() > 1 || names.size() > 1 || depth + 1 == counts.size())) {
        boolean repeated = most.get().getValue() > 1;
        return repeated
            ? new Where(Optional.of(most.get().getKey()), depth)
            : new Where(Optional.empty(), depth - 1);
      }
    }
    return new Where(Optional.empty(), 0);
  }

  /// The next row; empty at the end. What is wrong with it is told by [#fault].
  Optional<Element> next() throws XMLStreamException {
    fault = Optional.empty();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        boolean named = row.isEmpty() || row.get().equals(reader.getLocalName());
        if (named && (rowDepth < 0 || rowDepth == depth - 1)) {
          line = reader.getLocation().getLineNumber();
          return Optional.of(element());
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    return Optional.empty();
  }

  private Element element() throws XMLStreamException {
    Deque<Element> open = new ArrayDeque<>();
    size = 0;
    Element root = begun();
    open.push(root);
    while (true) {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() >= DEEPEST) {
            throw new XMLStreamException("elements are nested more than " + DEEPEST + " deep");
          }
          depth++;
          Element child = begun();
          open.element().children().add(child);
          open.push(child);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          grow(reader.getTextLength());
          open.element()
              .text()
              .append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> {
          open.element().text().append('&').append(reader.getLocalName()).append(';');
          fault =
              Optional.of(
                  "it uses the entity '&"
                      + reader.getLocalName()
                      + ";', and entities are not resolved");
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          open.pop();
          if (open.isEmpty()) {
            return root;
          }
        }
        default -> {
          // Comments and processing instructions are no data.
        }
      }
    }
  }

  private Element begun() throws XMLStreamException {
    Element element = new Element(reader.getLocalName(), new ArrayList<>(), new StringBuilder());
    grow(element.name().length());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String value = reader.getAttributeValue(i);
      grow(value.length());
      element
          .children()
          .add(
              new Element(
                  "@" + reader.getAttributeLocalName(i), List.of(), new StringBuilder(value)));
    }
    return element;
  }

  private void grow(int by) throws XMLStreamException {
    size += by;
    if (size > longest) {
      throw new XMLStreamException("an element is longer than " + longest + " characters");
    }
  }

  long line() {
    return line;
  }

  Optional<String> fault() {
    return fault;
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
