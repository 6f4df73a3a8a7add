package dev.tarn.app.test;

import dev.tarn.app.terminal.Plain;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Results of tests as the XML that CI systems read: one `testsuite` per file of tests, one
/// `testcase` per test.
public final class JunitReport {
  private final Instant at;

  /// @param at when the tests began
  public JunitReport(Instant at) {
    this.at = at;
  }

  /// Writes the file, and the folder it lies in.
  public void write(Path file, List<TestResult> results) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, xml(results));
    } catch (IOException e) {
      throw Failure.input(
          file + " can't be written: " + e.getMessage(), "choose another file for --junit");
    }
  }

  String xml(List<TestResult> results) {
    Map<String, List<TestResult>> suites = new LinkedHashMap<>();
    results.forEach(
        result -> suites.computeIfAbsent(result.test().file(), _ -> new ArrayList<>()).add(result));
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      totals(xml, "tarn test", results);
      for (Map.Entry<String, List<TestResult>> suite : suites.entrySet()) {
        xml.writeCharacters("\n  ");
        suite(xml, suite.getKey(), suite.getValue());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw Failure.bug("the results could not be written as XML", e);
    }
    return text + "\n";
  }

  private void suite(XMLStreamWriter xml, String file, List<TestResult> results)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    totals(xml, file, results);
    xml.writeAttribute("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
    for (TestResult result : results) {
      xml.writeCharacters("\n    ");
      one(xml, result);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void totals(XMLStreamWriter xml, String name, List<TestResult> results)
      throws XMLStreamException {
    long errors = results.stream().filter(TestResult::broken).count();
    long failures = results.stream().filter(result -> !result.passed()).count() - errors;
    Duration time = results.stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
    xml.writeAttribute("name", Plain.line(name));
    xml.writeAttribute("tests", Integer.toString(results.size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", Long.toString(errors));
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(time));
  }

  private static void one(XMLStreamWriter xml, TestResult result) throws XMLStreamException {
    UnitTest test = result.test();
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", Plain.line(test.name()));
    xml.writeAttribute("classname", test.model().toString());
    xml.writeAttribute("file", test.file());
    xml.writeAttribute("line", Integer.toString(test.at().line()));
    xml.writeAttribute("time", seconds(result.took()));
    if (!result.passed()) {
      String kind = result.broken() ? "error" : "failure";
      xml.writeCharacters("\n      ");
      xml.writeStartElement(kind);
      xml.writeAttribute("message", Plain.line(ComplaintText.summary(result)));
      xml.writeAttribute("type", kind);
      xml.writeCharacters(test.at() + "\n" + Plain.lines(ComplaintText.text(result)) + "\n");
      xml.writeEndElement();
      xml.writeCharacters("\n    ");
    }
    xml.writeEndElement();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }
}
