package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvLandingTest {
  private static final String ANY = "path: data/*.csv\n";
  private TestProject project;

  @BeforeEach
  void open(@TempDir Path folder) {
    project = new TestProject(folder);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void text_stays_text_and_rows_say_where_they_came_from() {
    project
        .file("data/a.csv", "id,name\n007,Ann\n008,\"B, \"\"C\"\"\"\n")
        .file("data/b.csv", "id,name\n009,\n010,\"\"\n");

    Landing landing = project.land(ANY);

    assertThat(landing.rows()).isEqualTo(4);
    assertThat(project.columns()).containsExactly("id VARCHAR", "name VARCHAR");
    assertThat(project.rows("SELECT id, name, _source, _position FROM {t} ORDER BY id"))
        .containsExactly(
            "007|Ann|data/a.csv|1",
            "008|B, \"C\"|data/a.csv|2",
            "009|null|data/b.csv|1",
            "010||data/b.csv|2");
    assertThat(project.rows("SELECT DISTINCT _ingested_at, length(_run) FROM {t}")).hasSize(1);
  }

  @Test
  void every_line_is_landed_or_kept_aside_with_its_text() {
    project.file(
        "data/a.csv",
        "a,b\n1,x\n2\n3,x,y\n4,\"open\n5,x\n6,\"q\"z\n7,nul\0\n8,\"two\nlines\"\n9, \"spaced\"\n10,x\"y\n");

    Landing landing = project.land(ANY);

    assertThat(project.rows("SELECT a, b, _position FROM {t} ORDER BY a::INT"))
        .containsExactly("1|x|1", "5|x|2", "8|two\nlines|3", "9| \"spaced\"|4", "10|x\"y|5");
    assertThat(project.rows("SELECT line, text, reason FROM {rejected} ORDER BY line"))
        .containsExactly(
            "3|2|it has 1 field, not 2",
            "4|3,x,y|it has 3 fields, not 2",
            "5|4,\"open|there is more after a closing quote",
            "7|6,\"q\"z|there is more after a closing quote",
            "8|7,nul\\x00|it has a NUL byte");
    assertThat(landing.rejected()).isEqualTo(5);
  }

  @Test
  void a_quote_that_is_never_closed_costs_one_line() {
    project.file("data/a.csv", "a,b\n1,x\n2,\"open\n3,y\n4,z");

    project.land(ANY);

    assertThat(project.rows("SELECT a FROM {t} ORDER BY a")).containsExactly("1", "3", "4");
    assertThat(project.rows("SELECT line, reason FROM {rejected}"))
        .containsExactly("3|a quote is opened and never closed");
  }

  @Test
  void wrong_bytes_are_shown_and_encodings_are_understood() {
    byte[] latin = "a,b\n1,Müller\n2,x\n".getBytes(StandardCharsets.ISO_8859_1);
    project.file("data/latin.csv", latin);

    project.land(ANY);
    assertThat(project.rows("SELECT text, reason FROM {rejected}"))
        .containsExactly("1,M\\xFCller|it is not valid UTF-8 at byte 4");

    project.file("other/latin.csv", latin);
    project.file(
        "other/utf16.csv", "\uFEFFa,b\r\n3,Łódź 😀\r\n".getBytes(StandardCharsets.UTF_16LE));
    project.file("other/bom.csv", "\uFEFFa,b\n4,ü\n");
    project.file("win/w.csv", "a,b\n5,10 €\n".getBytes(Charset.forName("windows-1252")));
    project.land("path: other/latin.csv\nencoding: latin-1\n");
    project.land("path: other/[ub]*.csv\n");
    project.land("path: win/*.csv\nencoding: windows-1252\n");
    assertThat(project.rows("SELECT a, b FROM {t} ORDER BY a, b"))
        .containsExactly("2|x", "3|Łódź 😀", "4|ü", "5|10 €");
  }

  @Test
  void latin_is_read_as_declared() {
    project.file("data/latin.csv", "a,b\n1,Müller\n".getBytes(StandardCharsets.ISO_8859_1));

    project.land(ANY + "encoding: iso-8859-1\n");

    assertThat(project.rows("SELECT b FROM {t}")).containsExactly("Müller");
  }

  @Test
  void line_ends_may_be_of_any_kind_and_even_mixed() {
    project
        .file("data/cr.csv", "a,b\r1,x\r2,y\r")
        .file("data/crlf.csv", "a,b\r\n3,x\r\n4,\"y\nz\"\r\n");
    project.file("data/mixed.csv", "a,b\r\n5,x\n6,y\r\n");

    project.land(ANY);

    assertThat(project.rows("SELECT a, b FROM {t} ORDER BY a"))
        .containsExactly("1|x", "2|y", "3|x", "4|y\nz", "5|x", "6|y");
  }

  @Test
  void empty_files_and_headers_alone_are_no_trouble() {
    project
        .file("data/a.csv", "")
        .file("data/b.csv", "a,b\n")
        .file("data/c.csv", "\n\n\na,b\n\n1,2\n\n");

    Landing landing = project.land(ANY);

    assertThat(landing.rows()).isEqualTo(1);
    assertThat(project.rows("SELECT a, b FROM {t}")).containsExactly("1|2");
    assertThat(
            project.lake.consumed(TestProject.TABLE).stream().map(consumed -> consumed.outcome()))
        .containsExactly("empty", "taken", "taken");
  }

  @Test
  void dialects_are_told_from_the_first_file_and_then_hold() {
    project.file("data/a.csv", "a;b\n1;x,y\n2;\"q;r\"\n");
    project.land(ANY);
    project.file("data/b.csv", "a;b\n3,4;5\n");
    project.land(ANY);

    assertThat(project.rows("SELECT a, b FROM {t} ORDER BY a"))
        .containsExactly("1|x,y", "2|q;r", "3,4|5");
  }

  @Test
  void files_without_a_header_comments_nulls_and_lines_to_skip() {
    project.file("data/a.csv", "made by hand\n# note\n1|NA|\\N\n# more\n2|x|y\n");

    project.land(
        ANY
            + "skip: 1\ncomment: '#'\ndelimiter: '|'\n'null': [NA, '\\N']\nnames: [id, b, c]\nheader: false\n");

    assertThat(project.rows("SELECT id, b, c FROM {t} ORDER BY id"))
        .containsExactly("1|null|null", "2|x|y");
  }

  @Test
  void a_contract_types_the_columns_and_what_does_not_fit_is_kept_aside() {
    project.file(
        "data/a.csv",
        "id,amount,day,note\n1,12.50,2026-01-31,a\n2.0,1,2026-02-01,b\nx,1,2026-02-01,c\n4,1.239,2026-02-01,d\n"
            + "5,1,2026-02-30,e\n6,,,f\n,1,2026-02-01,g\n8,1,infinity,h\n");

    Landing landing =
        project.land(
            ANY
                + "columns:\n  id: {type: bigint, required: true}\n  amount: decimal(12,2)\n  day: date\n");

    assertThat(project.columns())
        .containsExactly("id BIGINT", "amount DECIMAL(12,2)", "day DATE", "note VARCHAR");
    assertThat(project.rows("SELECT id, amount, day, note, _position FROM {t} ORDER BY id"))
        .containsExactly("1|12.50|2026-01-31|a|1", "2|1.00|2026-02-01|b|2", "6|null|null|f|6");
    assertThat(project.rows("SELECT line, column_name, text, reason FROM {rejected} ORDER BY line"))
        .containsExactly(
            "4|id|x,1,2026-02-01,c|'x' is no BIGINT",
            "5|amount|4,1.239,2026-02-01,d|'1.239' is no DECIMAL(12,2)",
            "6|day|5,1,2026-02-30,e|'2026-02-30' is no DATE",
            "8|id|,1,2026-02-01,g|it has no value",
            "9|day|8,1,infinity,h|'infinity' is no DATE");
    assertThat(landing.rows() + landing.rejected()).isEqualTo(8);
  }

  @Test
  void decimal_commas_and_date_formats_are_understood() {
    project.file("data/a.csv", "a;d\n1.234,50;31.01.2026\n");

    project.land(
        ANY + "decimal: ','\ndate_format: '%d.%m.%Y'\ncolumns: {a: 'decimal(12,2)', d: date}\n");

    assertThat(project.rows("SELECT a, d FROM {t}")).containsExactly("1234.50|2026-01-31");
  }

  @Test
  void a_line_longer_than_the_limit_is_kept_aside_and_the_rest_goes_on() {
    String longest = "x".repeat(3_000_000);
    project.file("data/a.csv", "a,b\n1,x\n2," + longest + "\n3,y\n");

    project.land(ANY + "limits: {max_line_bytes: 1MB}\n");

    assertThat(project.rows("SELECT a FROM {t} ORDER BY a")).containsExactly("1", "3");
    assertThat(
            project.rows("SELECT line, text_bytes, length(text) < 10000, reason FROM {rejected}"))
        .containsExactly("3|3000002|true|the line is longer than 1000000 bytes");
  }

  @Test
  void long_lines_within_the_limit_are_landed() {
    project.file("data/a.csv", "a,b\n1,x\n2," + "x".repeat(5_000_000) + "\n3,y\n");

    project.land(ANY);

    assertThat(project.rows("SELECT a, length(b) FROM {t} ORDER BY a"))
        .containsExactly("1|1", "2|5000000", "3|1");
  }

  @Test
  void a_thousand_columns_land_and_too_many_are_refused() {
    String header =
        IntStream.range(0, 1000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String row = String.join(",", Collections.nCopies(1000, "v"));
    project.file("data/a.csv", header + "\n" + row + "\n");
    project.file("data/b.csv", header + ",x\n" + row + ",y\n");

    project.land(ANY + "limits: {max_columns: 1000}\n");

    assertThat(project.rows("SELECT c999, _source FROM {t}")).containsExactly("v|data/a.csv");
    assertThat(project.rows("SELECT _source, reason FROM {rejected}"))
        .containsExactly(
            "data/b.csv|the whole file: 'data/b.csv' has 1001 columns, more than 1000");
  }

  @Test
  void names_that_clash_are_told_apart() {
    project.file("data/a.csv", "id,ID,,_source,a b,\"q\"\"t\"\n1,2,3,4,5,6\n");

    project.land(ANY);

    assertThat(project.lake.find(TestProject.TABLE).orElseThrow().schema().names())
        .startsWith("id", "ID_2", "column_3", "_source_2", "a b", "q\"t");
  }

  @Test
  void one_column_keeps_its_blank_lines_as_rows_without_value() {
    project.file("data/a.csv", "a\nx\n\n\"\"\ny\n");

    project.land(ANY);

    assertThat(project.rows("SELECT a, _position FROM {t} ORDER BY 2"))
        .containsExactly("x|1", "null|2", "|3", "y|4");
  }

  @Test
  void many_small_files_are_read_together_and_keep_their_own_positions() {
    for (int i = 0; i < 300; i++) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.writeBytes("a,b\n".getBytes(StandardCharsets.UTF_8));
      for (int k = 1; k <= 1 + i % 7; k++) {
        text.writeBytes((i + "," + k + "\n").getBytes(StandardCharsets.UTF_8));
      }
      project.file("data/f" + i + ".csv", text.toByteArray());
    }

    Landing landing = project.land(ANY);

    assertThat(landing.taken()).isEqualTo(300);
    assertThat(
            project.rows(
                "SELECT count(*) FROM {t} WHERE b::INT <> _position OR _source <> 'data/f' || a || '.csv'"))
        .containsExactly("0");
  }
}
