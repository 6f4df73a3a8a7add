package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SqlParserTest {
  private static final SqlParser PARSER = new SqlParser();

  @AfterAll
  static void close() {
    PARSER.close();
  }

  @Test
  void tables_are_found_with_their_places() {
    Query query =
        PARSER.parse("SELECT *\nFROM bronze.orders o\n  JOIN silver.customers USING (id)");

    assertThat(query.tables())
        .map(TableReference::toString)
        .containsExactly("bronze.orders:2:6", "silver.customers:3:8");
  }

  @Test
  void a_common_table_is_no_table_but_the_name_inside_its_own_definition_is() {
    Query query = PARSER.parse("WITH x AS (SELECT * FROM x) SELECT * FROM x");

    assertThat(query.tables()).map(TableReference::toString).containsExactly("x:1:26");
  }

  @Test
  void a_syntax_error_says_where() {
    Problem problem = problem("SELECT 'äöü€😀',\n  a FROM FROM t");

    assertThat(problem.where().orElseThrow().toString()).isEqualTo(":2:10");
    assertThat(problem.what()).contains("syntax error at or near \"FROM\"");
  }

  @Test
  void what_is_not_one_select_is_named() {
    assertThat(problem("-- c\n\n  INSERT INTO t VALUES (1)").what())
        .isEqualTo("a query is one SELECT; found INSERT at 3:3");
    assertThat(problem("SELECT 1; /* ; */ SELECT 2").what())
        .isEqualTo("a query is one SELECT; a second statement begins with SELECT at 1:19");
    assertThat(problem("WITH a AS (SELECT 1) INSERT INTO t FROM a").what())
        .contains("found INSERT");
    assertThat(problem("WITH a AS (INSERT INTO t VALUES (1) RETURNING *) FROM a").what())
        .contains("found INSERT in WITH");
    assertThat(problem(" -- nothing").what()).contains("no query");
    assertThat(problem("DESCRIBE t").what()).contains("found DESCRIBE");
    assertThat(problem("SELECT * FROM (SHOW TABLES)").what()).contains("no SELECT");
    assertThat(problem("PIVOT t ON year USING sum(x)").fix()).contains("IN (");
    assertThat(problem("SELECT DEFAULT").what()).contains("not supported");
  }

  @Test
  void bombs_are_refused_and_the_parser_lives_on() {
    assertThat(problem("SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000)).what())
        .containsPattern("deep|depth");
    assertThat(
            problem("SELECT * FROM " + "(SELECT * FROM ".repeat(800) + "t" + ")".repeat(800))
                .what())
        .containsPattern("deep|depth");
    assertThat(problem("SELECT " + "NOT ".repeat(5_000) + "a").what())
        .containsPattern("deep|depth");
    assertThat(problem("SELECT " + "- ".repeat(5_000) + "a").what()).containsPattern("deep|depth");
    assertThat(problem("SELECT a" + " + a".repeat(900)).what()).containsPattern("deep|depth");
    assertThat(problem("SELECT a" + "[1]".repeat(20_000)).what()).containsPattern("deep|depth");
    assertThat(
            problem("SELECT " + "CASE WHEN a THEN ".repeat(5_000) + "1" + " END".repeat(5_000))
                .what())
        .containsPattern("deep|depth");
    assertThat(problem("SELECT * FROM t" + ", t".repeat(5_000)).what())
        .containsPattern("deep|depth");
    assertThat(problem("SELECT '" + "x".repeat(1 << 20) + "'").what()).contains("bytes");
    assertThat(problem("SELECT '" + "x".repeat(1_000_000)).what()).isNotBlank();
    assertThat(PARSER.parse("SELECT '" + "x".repeat(1_000_000) + "'").tables()).isEmpty();
    assertThat(PARSER.parse("SELECT 1" + " UNION ALL SELECT 1".repeat(2_000)).tables()).isEmpty();
    assertThat(PARSER.parse("SELECT a IN (1" + ", 1".repeat(20_000) + ") FROM t").tables())
        .hasSize(1);
  }

  @Test
  void layout_comments_and_keyword_case_leave_the_fingerprint_the_same() {
    String fingerprint = PARSER.parse("SELECT a, SUM(b)::INT FROM t WHERE c = 'x'").fingerprint();

    assertThat(
            PARSER
                .parse("select a, -- note\n sum( b )::int\nfrom t /* where */ where c='x';")
                .fingerprint())
        .isEqualTo(fingerprint);
    assertThat(PARSER.parse("SELECT a, SUM(b)::INT FROM t WHERE c = 'X'").fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(PARSER.parse("SELECT a, SUM(b)::BIGINT FROM t WHERE c = 'x'").fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(PARSER.parse("SELECT a AS a2, SUM(b)::INT FROM t WHERE c = 'x'").fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @Test
  void odd_texts_are_parsed_or_refused_but_never_break_the_parser() {
    assertThat(PARSER.parse(";;SELECT a\r\nFROM t;;").tables()).hasToString("[t:2:6]");
    assertThat(
            PARSER
                .parse("SELECT 'a;b', $$;$$, e'\\';' -- ;\n/* ; /* ; */ */ FROM \"x;y\"")
                .tables())
        .hasSize(1);
    assertThat(problem("SELECT 'unterminated").what()).isNotBlank();
    assertThat(problem("SELECT 1 /* open").what()).isNotBlank();
    assertThat(problem("SELECT ) FROM t").what()).isNotBlank();
    assertThat(problem("").what()).contains("no query");
    assertThat(problem("\uFEFF").what()).isNotBlank();
    for (String text :
        List.of(
            "SELECT '\0' FROM t",
            "SELECT '\uD800' FROM t",
            "\uFEFFSELECT 1",
            "SELECT\u00A01",
            "SELECT \0")) {
      try {
        PARSER.parse(text);
      } catch (Failure refused) {
        assertThat(refused.remedy()).as(text).isEqualTo(Remedy.FIX_INPUT);
      }
    }
    assertThat(PARSER.parse("SELECT 1").tables()).isEmpty();
  }

  @Test
  void many_threads_may_parse_at_once() {
    List<Integer> sizes =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(
                i -> PARSER.parse("SELECT a FROM s.t" + i + " JOIN s.u USING (a)").tables().size())
            .toList();

    assertThat(sizes).hasSize(200).containsOnly(2);
  }

  @Test
  void a_parser_that_was_never_used_closes() {
    SqlParser unused = new SqlParser();

    unused.close();

    assertThatThrownBy(() -> unused.parse("SELECT 1")).isInstanceOf(Failure.class);
  }

  static Problem problem(String sql) {
    Problem[] found = new Problem[1];
    assertThatThrownBy(() -> PARSER.parse(sql))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
              found[0] = failure.problems().getFirst();
            });
    return found[0];
  }
}
