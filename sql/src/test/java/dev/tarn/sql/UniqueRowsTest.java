package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.change.UniqueRows;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueRowsTest {
  private final SqlParser parser = new SqlParser();

  @AfterEach
  void close() {
    parser.close();
  }

  private List<String> by(String sql) {
    return UniqueRows.by(parser, parser.parse(sql)).orElse(List.of());
  }

  @Test
  void the_first_of_each_partition_is_unique_by_it_also_when_read_on_and_filtered() {
    String first =
        "SELECT id, line, made FROM s.t QUALIFY row_number() OVER (PARTITION BY id, line ORDER BY made) = 1 AND made > 2";

    assertThat(by(first)).containsExactly("id", "line");
    assertThat(
            by(
                "WITH f AS ("
                    + first
                    + ") SELECT line, id AS number, upper(made) AS made FROM f WHERE made > 3"))
        .containsExactly("number", "line");
    assertThat(by("SELECT * FROM (" + first + ") AS f ORDER BY made LIMIT 5"))
        .containsExactly("id", "line");
  }

  @Test
  void groups_and_distinct_on_are_unique_by_what_they_name() {
    assertThat(by("SELECT a, lower(b) AS b2, count(*) FROM s.t GROUP BY a, lower(b)"))
        .containsExactly("a", "b2");
    assertThat(by("SELECT DISTINCT ON (a) a, b FROM s.t ORDER BY a, b")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM s.t",
        "SELECT id, unnest([1, 2]) AS n FROM s.t QUALIFY row_number() OVER (PARTITION BY id) = 1",
        "SELECT unnest([1, 2]) AS n, id FROM (SELECT id FROM s.t GROUP BY id) AS g",
        "SELECT g.id FROM (SELECT id FROM s.t GROUP BY id) AS g JOIN s.u ON true",
        "SELECT id FROM s.t QUALIFY rank() OVER (PARTITION BY id ORDER BY made) = 1",
        "SELECT id FROM s.t QUALIFY row_number() OVER (PARTITION BY id ORDER BY made) <= 2",
        "SELECT id FROM s.t QUALIFY row_number() OVER (PARTITION BY id) = 1 OR id = 2",
        "SELECT id FROM s.t QUALIFY row_number() OVER (PARTITION BY id, line) = 1",
        "SELECT lower(id) AS id FROM s.t QUALIFY row_number() OVER (PARTITION BY id) = 1",
        "SELECT DISTINCT ON (k) lower(x) AS k, k AS y FROM s.t",
        "SELECT a, b, count(*) FROM s.t GROUP BY ROLLUP (a, b)",
        "SELECT a, count(*) FROM s.t GROUP BY a, b",
        "SELECT random() AS r, count(*) FROM s.t GROUP BY random()",
        "SELECT id FROM s.t GROUP BY id UNION ALL SELECT id FROM s.t GROUP BY id"
      })
  void nothing_is_claimed_of(String sql) {
    assertThat(by(sql)).isEmpty();
  }
}
