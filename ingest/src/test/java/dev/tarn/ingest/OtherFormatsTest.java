package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherFormatsTest {
  private TestProject project;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    project = new TestProject(folder);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void xml_rows_are_the_repeated_child_with_attributes_parts_and_lists() {
    project.file(
        "a.xml",
        """
        <?xml version="1.0"?><!DOCTYPE shop>
        <s:shop xmlns:s="urn:s"><s:orders>
          <s:order id="007"><name>A &amp; B</name><price currency="EUR">1.50</price><tag>x</tag><tag>y</tag></s:order>
          <s:order id="008"><name><![CDATA[<C>]]></name><tag>z</tag></s:order>
        </s:orders></s:shop>
        """);

    project.land("path: a.xml");

    assertThat(project.columns())
        .containsExactly(
            "@id VARCHAR",
            "name VARCHAR",
            "price STRUCT(\"@currency\" VARCHAR, \"text\" VARCHAR)",
            "tag VARCHAR[]");
    assertThat(project.rows("SELECT \"@id\", name, price, tag, _position FROM {t} ORDER BY 1"))
        .containsExactly("007|A & B|{@currency=EUR, text=1.50}|[x, y]|1", "008|<C>|null|[z]|2");
  }

  @Test
  void xml_entities_are_never_resolved() {
    project.file("secret.txt", "secret");
    project.file(
        "a.xml",
        "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"file://"
            + folder
            + "/secret.txt\">]>"
            + "<r><i><v>1</v></i><i><v>&b;</v></i><i><v>&f;</v></i><i><v>4</v></i></r>");

    project.land("path: a.xml");

    assertThat(project.rows("SELECT v FROM {t} ORDER BY v")).containsExactly("1", "4");
    assertThat(project.rows("SELECT reason FROM {rejected} ORDER BY reason"))
        .containsExactly(
            "it uses the entity '&b;', and entities are not resolved",
            "it uses the entity '&f;', and entities are not resolved");
  }

  @Test
  void xml_cut_in_the_middle_lands_its_whole_rows() {
    project.file("a.xml", "<r><i><v>1</v></i>\n<i><v>2</v></i><i><v>3");

    project.land("path: a.xml");

    assertThat(project.rows("SELECT v FROM {t} ORDER BY v")).containsExactly("1", "2");
    assertThat(
            project.rows(
                "SELECT reason LIKE 'the XML can''t be read further in line 2%' FROM {rejected}"))
        .containsExactly("true");
  }

  @Test
  void fixed_width_fields_are_cut_by_characters() {
    project.file(
        "a.dat", "007Müller  12.5\n008Ann      1\nshort\n009Bob      3  more than there is\n");

    project.land(
        "path: a.dat\nformat: fixed\ncolumns:\n  id: {width: 3}\n  name: {width: 8}\n  amount: {width: 4, type: double}\n");

    assertThat(project.rows("SELECT id, name, amount FROM {t} ORDER BY id"))
        .containsExactly("007|Müller|12.5", "008|Ann|1.0");
    assertThat(project.rows("SELECT line, text FROM {rejected} ORDER BY line"))
        .containsExactly("3|short", "4|009Bob      3  more than there is");
  }

  @Test
  void lines_of_text_are_rows() {
    project.file("a.log", "one, \"two\n\n\tthree\r\n".getBytes(StandardCharsets.UTF_8));

    project.land("path: a.log");

    assertThat(project.rows("SELECT line, _position FROM {t} ORDER BY 2"))
        .containsExactly("one, \"two|1", "|2", "\tthree|3");
  }

  @Test
  void parquet_keeps_its_types() {
    project.file("x", "");
    try (EngineConnection connection = project.session.connect()) {
      connection.execute(
          "COPY (SELECT i::INTEGER AS i, {'a': [i]} AS s, DATE '2026-01-01' AS d FROM range(3) r(i)) TO '"
              + folder
              + "/a.parquet' (FORMAT parquet)");
    }
    project.file("bad.parquet", "PAR1 is not all there is to it PAR1");

    project.land("path: '*.parquet'");

    assertThat(project.columns())
        .containsExactly("i INTEGER", "s STRUCT(\"a\" BIGINT[])", "d DATE");
    assertThat(project.rows("SELECT i, s, _source, _position FROM {t} ORDER BY i"))
        .startsWith("0|{a=[0]}|a.parquet|1", "1|{a=[1]}|a.parquet|2");
    assertThat(project.rows("SELECT _source, reason LIKE 'the whole file: %' FROM {rejected}"))
        .containsExactly("bad.parquet|true");
  }

  @Test
  void packed_files_are_read_and_name_their_members() throws IOException {
    byte[] zstd = Base64.getDecoder().decode("KLUv/SAIQQAAYSxiCjMseAo=");
    ByteArrayOutputStream twoMembers = new ByteArrayOutputStream();
    twoMembers.write(gzip("a,b\n1,x\n"));
    twoMembers.write(gzip("2,y\n"));
    project.file("a.csv.gz", twoMembers.toByteArray()).file("b.csv.zst", zstd);
    project.file("c.zip", zip("in/../../x.csv", "a,b\n4,x\n", "/etc/y.csv", "a,b\n5,y\n"));

    project.land("path: ['*.gz', '*.zst', '*.zip']");

    assertThat(project.rows("SELECT a, b, _source, _position FROM {t} ORDER BY a"))
        .containsExactly(
            "1|x|a.csv.gz|1",
            "2|y|a.csv.gz|2",
            "3|x|b.csv.zst|1",
            "4|x|c.zip!in/../../x.csv|1",
            "5|y|c.zip!/etc/y.csv|1");
    assertThat(folder.getParent().resolve("x.csv")).doesNotExist();
  }

  @Test
  void bombs_and_broken_archives_are_kept_aside() throws IOException {
    project.file("a.csv", "a,b\n1,x\n");
    project.file("bomb.csv.gz", gzip("0,0\n".repeat(2_000_000)));
    project.file("cut.csv.gz", java.util.Arrays.copyOf(gzip("a,b\n1,x\n".repeat(100)), 25));
    project.file("nested.zip", zip("inner.zip", "PK", "b.csv", "a,b\n2,y\n"));

    project.land("path: '*'\nlimits: {max_ratio: 50}");

    assertThat(project.rows("SELECT a FROM {t}")).containsExactly("1");
    assertThat(project.rows("SELECT _source, reason FROM {rejected} ORDER BY _source"))
        .satisfiesExactly(
            bomb -> assertThat(bomb).contains("becomes more than 50 times its size unpacked"),
            cut -> assertThat(cut).startsWith("cut.csv.gz|the whole file:"),
            nested -> assertThat(nested).contains("the member 'inner.zip' is packed again"));
  }

  @Test
  void what_is_no_zstd_or_a_damaged_one_is_kept_aside() {
    byte[] zstd = Base64.getDecoder().decode("KLUv/SAIQQAAYSxiCjMseAo=");
    byte[] cut = java.util.Arrays.copyOf(zstd, 9);
    byte[] damaged = zstd.clone();
    damaged[6] = 0x47;
    project
        .file("a.csv.zst", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .file("b.csv.zst", cut)
        .file("c.csv.zst", damaged)
        .file("good.csv", "a,b\n1,x\n");

    Landing landing = project.land("path: ['*.zst', good.csv]");

    assertThat(landing.rows()).isEqualTo(1);
    assertThat(project.rows("SELECT _source FROM {rejected} ORDER BY 1"))
        .containsExactly("a.csv.zst", "b.csv.zst", "c.csv.zst");
    assertThat(project.rows("SELECT reason FROM {rejected} WHERE _source = 'a.csv.zst'"))
        .singleElement()
        .asString()
        .startsWith("the whole file: it is no zstd, or damaged");
  }

  @Test
  void the_bytes_of_a_file_that_is_kept_aside_land_by_another_name() {
    byte[] rows = "a,b\n1,x\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    project.file("data/1.zip", rows).file("data/2.xyz", rows);
    project.file("data/3.csv", rows).file("data/4.csv", rows);

    Landing landing = project.land("path: data/*");

    assertThat(landing.rows()).isEqualTo(1);
    assertThat(project.rows("SELECT a, _source FROM {t}")).containsExactly("1|data/3.csv");
    assertThat(project.rows("SELECT _source FROM {rejected} ORDER BY 1"))
        .containsExactly("data/1.zip", "data/2.xyz");
    assertThat(project.land("path: data/*").changed()).isFalse();
  }

  @Test
  void settings_tell_all_that_is_wrong_with_them() {
    Problems problems = new Problems();

    TestProject.settings(
        "format: avro\nencodng: x\nencoding: klingon\ncron: '61 * * * *'\non_drift: evolv\ndelimiter: ab\n"
            + "columns: {a: bigintt, b: {type: date, widht: 3}}\nlimits: {max_lines: 3}\n",
        folder,
        problems);

    assertThat(problems.all().toString())
        .contains(
            "'path' is missing",
            "files of the format 'avro' can't be read yet",
            "no encoding is called 'klingon'",
            "the minute can't be '61'",
            "'on_drift' can't be 'evolv'",
            "'delimiter' must be one plain character",
            "'bigintt' is not a type",
            "unknown key 'widht'",
            "unknown key 'max_lines'",
            "unknown key 'encodng'");
  }

  @Test
  void a_path_that_names_nothing_is_wrong_and_a_glob_is_not() {
    assertThat(project.land("path: none/*.csv").taken()).isZero();
    assertThatThrownBy(() -> project.land("path: none/a.csv"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no file 'none/a.csv'");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
