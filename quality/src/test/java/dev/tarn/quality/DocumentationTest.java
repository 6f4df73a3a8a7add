package dev.tarn.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about checks is true.
class DocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "checks.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final TableName ORDERS = TableName.parse("silver.orders");
  private static final Schema COLUMNS =
      schema(
          "order_id bigint",
          "line integer",
          "customer_id bigint",
          "status varchar",
          "country varchar",
          "email varchar",
          "amount decimal(12,2)",
          "order_date date",
          "ordered_at timestamp",
          "shipped_at timestamp");
  private static final KnownTables OTHERS =
      KnownTables.of(
          Map.of(
              TableName.parse("silver.customers"), schema("customer_id bigint"),
              TableName.parse("silver.blocked"), schema("customer_id bigint"),
              TableName.parse("silver.payments"),
                  schema("amount decimal(12,2)", "order_date date")));

  @TempDir Path folder;

  @Test
  void every_example_is_read_and_bound_without_a_problem() throws IOException {
    try (TestLake lake = new TestLake(folder);
        SqlParser parser = new SqlParser();
        CheckBinder binder = new CheckBinder(lake.engine, parser, _ -> List.of())) {
      for (String example : examples()) {
        Problems reading = new Problems();
        List<DeclaredCheck> checks = Checks.read(YamlNodes.items(YamlNodes.read(example)), reading);
        List<Problem> binding = binder.problems(ORDERS, Audited.TABLE, COLUMNS, checks, OTHERS);

        assertThat(reading.all()).as(example).isEmpty();
        assertThat(binding).as(example).isEmpty();
      }
    }
  }

  @Test
  void every_kind_has_a_section_with_an_example() throws IOException {
    Set<String> shown = new HashSet<>();
    for (String example : examples()) {
      TestLake.checks(example).forEach(check -> shown.add(check.check().kind()));
    }

    assertThat(shown).containsExactlyInAnyOrderElementsOf(CheckShapes.KINDS);
    assertThat(Files.readString(PAGE).lines())
        .containsAll(CheckShapes.KINDS.stream().map(kind -> "### " + kind).toList());
  }

  private static List<String> examples() throws IOException {
    Stream<MatchResult> blocks = BLOCK.matcher(Files.readString(PAGE)).results();
    return blocks.map(block -> block.group(1)).toList();
  }

  private static Schema schema(String... columns) {
    return new Schema(
        List.of(columns).stream()
            .map(text -> text.split(" ", 2))
            .map(parts -> Column.of(parts[0], Type.parse(parts[1])))
            .toList());
  }
}
