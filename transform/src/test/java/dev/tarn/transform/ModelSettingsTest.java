package dev.tarn.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
  private static final Location AT = new Location("models/silver/x.sql", 2, 1);
  private final Problems problems = new Problems();

  @Test
  void partitions_are_read_with_their_transforms() {
    ModelSettings settings =
        read("partition", "day(at)", "bucket(16, id)", "truncate(4, \"a b\")", "country");

    assertThat(settings.partition())
        .containsExactly(
            new PartitionKey("at", new Transform.Day()),
            new PartitionKey("id", new Transform.Bucket(16)),
            new PartitionKey("a b", new Transform.Truncate(4)),
            new PartitionKey("country", new Transform.Identity()));
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void a_misspelt_transform_is_a_problem_with_a_guess() {
    read("partition", "dya(at)");

    assertThat(problems.all()).extracting(Problem::fix).containsExactly("did you mean 'day'?");
  }

  @Test
  void sort_keys_have_directions() {
    ModelSettings settings = read("sort", "id", "at desc", "name asc nulls last");

    assertThat(settings.sort())
        .containsExactly(
            new SortKey("id", false, true),
            new SortKey("at", true, false),
            new SortKey("name", false, false));
  }

  @Test
  void a_history_needs_a_key() {
    read("materialize", "snapshot");

    assertThat(problems.all())
        .singleElement()
        .matches(problem -> problem.what().contains("a history needs a key"));
  }

  @Test
  void what_is_for_histories_is_refused_elsewhere() {
    read("deletes", "ignore");

    assertThat(problems.all())
        .singleElement()
        .matches(problem -> problem.what().contains("'deletes' is for histories"));
  }

  @Test
  void a_table_can_promise_to_be_refreshed_by_changes_and_a_view_can_not() {
    read("refresh", "incremental");

    assertThat(problems.all()).isEmpty();

    Node.Entry view = new Node.Entry(AT, "materialize", new Node.Scalar(AT, "view", true));
    Node.Entry promise = new Node.Entry(AT, "refresh", new Node.Scalar(AT, "incremental", true));
    ModelSettings.read(new Settings(new Node.Mapping(AT, List.of(view, promise)), problems));

    assertThat(problems.all())
        .singleElement()
        .matches(problem -> problem.what().contains("a view holds no rows to refresh"));
  }

  @Test
  void an_unknown_key_is_a_problem_with_a_guess() {
    read("descripton", "x");

    assertThat(problems.all())
        .extracting(Problem::fix)
        .containsExactly("did you mean 'description'?");
  }

  private ModelSettings read(String key, String... values) {
    List<Node> items = new ArrayList<>();
    for (String value : values) {
      items.add(new Node.Scalar(AT, value, true));
    }
    Node value = items.size() == 1 ? items.getFirst() : new Node.Sequence(AT, items);
    Node.Mapping block = new Node.Mapping(AT, List.of(new Node.Entry(AT, key, value)));
    return ModelSettings.read(new Settings(block, problems));
  }
}
