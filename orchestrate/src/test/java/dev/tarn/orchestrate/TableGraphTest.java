package dev.tarn.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableGraphTest {
  private static final TableName A = TableName.parse("bronze.a");
  private static final TableName B = TableName.parse("silver.b");
  private static final TableName C = TableName.parse("silver.c");
  private static final TableName D = TableName.parse("gold.d");

  @Test
  void every_table_comes_after_all_it_reads() {
    TableGraph graph =
        new TableGraph(Map.of(D, List.of(B, C), C, List.of(A, B), B, List.of(A), A, List.of()));

    assertThat(graph.ordered()).containsExactly(A, B, C, D);
    assertThat(graph.circles()).isEmpty();
  }

  @Test
  void up_and_down_reach_at_any_distance() {
    TableGraph graph =
        new TableGraph(Map.of(D, List.of(C), C, List.of(A), B, List.of(A), A, List.of()));

    assertThat(graph.upstream(D)).containsExactlyInAnyOrder(A, C);
    assertThat(graph.downstream(A)).containsExactlyInAnyOrder(B, C, D);
  }

  @Test
  void a_circle_is_named_in_the_order_of_reading() {
    TableGraph graph =
        new TableGraph(Map.of(A, List.of(), B, List.of(A, D), C, List.of(B), D, List.of(C)));

    assertThat(graph.circles()).hasSize(1);
    assertThat(graph.circles().getFirst()).containsExactlyInAnyOrder(B, C, D);
    assertThat(graph.ordered()).containsExactly(A);
  }

  @Test
  void a_table_that_reads_itself_is_a_circle() {
    TableGraph graph = new TableGraph(Map.of(B, List.of(B)));

    assertThat(graph.circles()).containsExactly(List.of(B));
  }

  @Test
  void tables_below_a_circle_are_not_on_it() {
    TableGraph graph = new TableGraph(Map.of(B, List.of(C), C, List.of(B), D, List.of(C)));

    assertThat(graph.circles()).hasSize(1);
    assertThat(graph.circles().getFirst()).containsExactlyInAnyOrder(B, C);
  }

  @Test
  void inputs_outside_the_project_do_not_count() {
    TableGraph graph = new TableGraph(Map.of(B, List.of(TableName.parse("system.runs"))));

    assertThat(graph.inputs(B)).isEmpty();
    assertThat(graph.ordered()).containsExactly(B);
  }
}
