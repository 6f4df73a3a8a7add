package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The XML is what CI systems read: `testsuites`, `testsuite`, `testcase`, `failure`, `error`.
class JunitReportTest {
  @TempDir Path folder;

  @Test
  void a_suite_per_file_and_a_case_per_test_with_what_went_wrong() throws Exception {
    new TarnShell(folder, ManualClock.at("2026-03-01T12:00:00.5Z"))
        .file("tarn.yml", "name: small\n")
        .file("models/silver/one.sql", "SELECT 1 AS n, 'a' AS t")
        .file("models/silver/bad.sql", "SELECT error('<no> \u0001')::INTEGER AS n")
        .file(
            "tests/a.yml",
            """
            - {name: "right & <good>", model: silver.one, expect: [{n: 1}]}
            - {name: "wrong \\u0007", model: silver.one, expect: [{n: 2, t: "]]>"}]}
            """)
        .file("tests/deep/b.yml", "- {name: broken, model: silver.bad, expect: {count: 1}}")
        .run("test", "--junit", "out/deep/tests.xml");

    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("out/deep/tests.xml").toFile());

    Element all = xml.getDocumentElement();
    assertThat(all.getTagName()).isEqualTo("testsuites");
    assertThat(numbers(all)).containsExactly("3", "1", "1", "0");
    List<Element> suites = children(all, "testsuite");
    assertThat(suites)
        .extracting(suite -> suite.getAttribute("name"))
        .containsExactly("tests/a.yml", "tests/deep/b.yml");
    assertThat(numbers(suites.get(0))).containsExactly("2", "1", "0", "0");
    assertThat(numbers(suites.get(1))).containsExactly("1", "0", "1", "0");
    assertThat(suites.get(0).getAttribute("timestamp")).isEqualTo("2026-03-01T12:00:00Z");
    List<Element> cases = children(suites.get(0), "testcase");
    assertThat(cases)
        .extracting(test -> test.getAttribute("name"))
        .containsExactly("right & <good>", "wrong \\u0007");
    assertThat(cases)
        .allSatisfy(test -> {
          assertThat(test.getAttribute("classname")).isEqualTo("silver.one");
          assertThat(test.getAttribute("time")).matches("\\d+\\.\\d{3}");
          assertThat(test.getAttribute("file")).isEqualTo("tests/a.yml");
        });
    assertThat(cases.get(0).getChildNodes().getLength()).isZero();
    Element failure = children(cases.get(1), "failure").getFirst();
    assertThat(failure.getAttribute("message")).isEqualTo("rows: 1 missing, 1 unexpected");
    assertThat(failure.getTextContent()).contains("tests/a.yml:2:3", "- 2  ]]>", "+ 1  a");
    Element broken = children(children(suites.get(1), "testcase").getFirst(), "error").getFirst();
    assertThat(broken.getTextContent()).contains("<no> \\u0001");
  }

  private static List<String> numbers(Element suite) {
    return List.of("tests", "failures", "errors", "skipped").stream()
        .map(suite::getAttribute)
        .toList();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
