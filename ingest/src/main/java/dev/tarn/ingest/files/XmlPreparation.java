package dev.tarn.ingest.files;

import dev.tarn.ingest.files.RejectedLines.Rejected;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import javax.xml.stream.XMLStreamException;

/// Makes NDJSON of an XML file. Attributes become `@name`; elements with parts become structs, with
/// their own text as `text`; elements that are repeated within their parent anywhere in the file
/// become lists; all values are text; prefixes of names are left off.
final class XmlPreparation {
  private final RawStore raw;
  private final JsonPreparation json;
  private final Optional<String> row;
  private final Limits limits;

  XmlPreparation(RawStore raw, JsonPreparation json, Optional<String> row, Limits limits) {
    this.raw = raw;
    this.json = json;
    this.row = row;
    this.limits = limits;
  }

  Prepared prepare(int file, String label, Path plain, RejectedLines rejects) throws IOException {
    Shape shape = new Shape();
    each(plain, (element, _) -> shape.see(element));
    Path rows = raw.scratch(".ndjson");
    long[] rejected = {0};
    Optional<String> broken;
    try (BufferedWriter out = Files.newBufferedWriter(rows, StandardCharsets.UTF_8)) {
      broken =
          each(
              plain,
              (element, at) -> {
                if (at.fault().isPresent()) {
                  rejected[0]++;
                  String text = shape.json(element);
                  String shown =
                      text.length() > Texts.SHOWN_BYTES
                          ? text.substring(0, Texts.SHOWN_BYTES)
                          : text;
                  rejects.add(
                      new Rejected(label, at.line(), "", shown, at.size(), at.fault().get()));
                } else {
                  out.write(shape.json(element));
                  out.write('\n');
                }
              });
    }
    if (broken.isPresent()) {
      rejected[0]++;
      rejects.add(new Rejected(label, 0, "", "", Files.size(plain), broken.get()));
    }
    return json.lines(file, label, rows, rejects).rejecting(rejected[0]);
  }

  @FunctionalInterface
  private interface Taker {
    void take(XmlRows.Element element, XmlRows at) throws IOException;
  }

  /// Hands over every row; tells what ended the reading before the file's end, if anything did.
  private Optional<String> each(Path plain, Taker taker) throws IOException {
    try (XmlRows rows = new XmlRows(plain, row, limits.lineBytes())) {
      for (Optional<XmlRows.Element> next = rows.next(); next.isPresent(); next = rows.next()) {
        taker.take(next.get(), rows);
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      String place = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNumber();
      String what = String.valueOf(e.getMessage()).replaceAll("(?s)^ParseError at.*?Message: ", "");
      return Optional.of("the XML can't be read further" + place + ": " + what);
    }
  }

  /// What elements of one name at one place look like.
  private static final class Shape {
    private final Map<String, Shape> parts = new LinkedHashMap<>();
    private final Set<String> repeated = new LinkedHashSet<>();

    void see(XmlRows.Element element) {
      Set<String> seen = new LinkedHashSet<>();
      for (XmlRows.Element child : element.children()) {
        parts.computeIfAbsent(child.name(), _ -> new Shape()).see(child);
        if (!seen.add(child.name())) {
          repeated.add(child.name());
        }
      }
    }

    String json(XmlRows.Element element) {
      Map<String, StringJoiner> values = new LinkedHashMap<>();
      for (XmlRows.Element child : element.children()) {
        Shape shape = parts.getOrDefault(child.name(), new Shape());
        values
            .computeIfAbsent(child.name(), name -> joiner(repeated.contains(name)))
            .add(shape.value(child));
      }
      StringJoiner object = new StringJoiner(",", "{", "}");
      values.forEach((name, value) -> object.add(JsonText.quoted(name) + ":" + value));
      String text = element.text().toString().strip();
      if (!text.isEmpty()) {
        object.add("\"text\":" + JsonText.quoted(text));
      }
      return object.toString();
    }

    private static StringJoiner joiner(boolean list) {
      return list ? new StringJoiner(",", "[", "]") : new StringJoiner(",");
    }

    private String value(XmlRows.Element element) {
      if (!parts.isEmpty()) {
        return json(element);
      }
      String text = element.text().toString();
      return JsonText.quoted(element.name().startsWith("@") ? text : text.strip());
    }
  }
}
