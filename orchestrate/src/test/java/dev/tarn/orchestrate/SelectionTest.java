package dev.tarn.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final TableName ORDERS = TableName.parse("bronze.orders");
  private static final TableName CLEAN = TableName.parse("silver.orders");
  private static final TableName REVENUE = TableName.parse("gold.revenue");
  private static final TableName OTHER = TableName.parse("gold.other");

  private final TableGraph graph =
      new TableGraph(
          Map.of(
              ORDERS,
              List.of(),
              CLEAN,
              List.of(ORDERS),
              REVENUE,
              List.of(CLEAN),
              OTHER,
              List.of()));
  private final Selection selection = new Selection(graph, Map.of(REVENUE, List.of("finance")));
  private final Problems problems = new Problems();

  @Test
  void no_words_choose_everything() {
    assertThat(choose()).containsExactlyInAnyOrder(ORDERS, CLEAN, REVENUE, OTHER);
  }

  @Test
  void a_word_is_a_table_a_layer_or_a_tag() {
    assertThat(choose("silver.orders")).containsExactly(CLEAN);
    assertThat(choose("gold")).containsExactlyInAnyOrder(REVENUE, OTHER);
    assertThat(choose("tag:finance")).containsExactly(REVENUE);
  }

  @Test
  void plus_reaches_up_and_down() {
    assertThat(choose("+gold.revenue")).containsExactlyInAnyOrder(ORDERS, CLEAN, REVENUE);
    assertThat(choose("silver.orders+")).containsExactlyInAnyOrder(CLEAN, REVENUE);
    assertThat(choose("+silver.orders+")).containsExactlyInAnyOrder(ORDERS, CLEAN, REVENUE);
  }

  @Test
  void a_word_that_chooses_nothing_is_a_problem_with_a_guess() {
    assertThat(choose("gold.revenu", "sliver")).isEmpty();

    assertThat(problems.all()).hasSize(2);
    assertThat(problems.all().getFirst().fix()).isEqualTo("did you mean 'gold.revenue'?");
    assertThat(problems.all().getLast().fix()).isEqualTo("did you mean 'silver'?");
  }

  private Set<TableName> choose(String... words) {
    return selection.choose(List.of(words), problems);
  }
}
