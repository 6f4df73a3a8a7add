package dev.tarn.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done to a table in whatever order, it holds the rows that a plain list does.
class RowChangesPropertyTest {
  private static final TableName GONE = TableName.parse("aside.gone");
  private static final TableName COME = TableName.parse("aside.come");
  private static final int STEPS = 14;

  @TempDir Path folder;

  /// A row's text as it is read.
  private static String row(int id) {
    return "[" + id + ", " + id % 3 + ", text of " + id + "]";
  }

  private static String rows(List<Integer> ids) {
    return "SELECT i AS id, i %% 3 AS part, 'text of ' || i AS words FROM (SELECT unnest(%s::INTEGER[]) AS i)"
        .formatted(ids);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_table_equals_a_list(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Versions versions = new Versions(folder, new LakeSettings(40_000, 100, 10, 4))) {
      if (seed % 3 == 0) {
        versions.partition = List.of(new PartitionKey("part", new Transform.Identity()));
      }
      List<Integer> model = new ArrayList<>(IntStream.range(0, 3000).boxed().toList());
      versions.replace(rows(model));
      Map<Long, List<Integer>> history = new HashMap<>();
      history.put(versions.table().snapshotId().orElseThrow(), List.copyOf(model));
      for (int step = 0; step < STEPS; step++) {
        step(versions, model, random);
        long snapshot = versions.table().snapshotId().orElseThrow();
        history.put(snapshot, List.copyOf(model));
        assertThat(versions.rows(new AsOf.Current())).isEqualTo(texts(model));
        assertThat(versions.table().rows()).isEqualTo(model.size());
      }
      assertThat(new IcebergTable(versions.table().metadataLocation()).rows())
          .isEqualTo(texts(model));
      assertThat(versions.lake.scrub().damaged()).isEmpty();
      checkHistory(versions, history, random);
    }
  }

  private static void step(Versions versions, List<Integer> model, SplittableRandom random) {
    int from = random.nextInt(3000, 1_000_000);
    List<Integer> come = IntStream.range(from, from + random.nextInt(0, 40)).boxed().toList();
    switch (random.nextInt(10)) {
      case 0 -> versions.compact();
      case 1 -> {
        if (!come.isEmpty()) {
          versions.append(rows(come));
          model.addAll(come);
        }
      }
      case 2 -> {
        int rest = random.nextInt(2, 6);
        change(versions, model, "id % " + rest + " = 1", id -> id % rest == 1, come);
      }
      case 3 -> change(versions, model, "false", _ -> false, come);
      default -> {
        int modulus = random.nextInt(30, 900);
        int rest = random.nextInt(modulus);
        change(versions, model, "id % " + modulus + " = " + rest, id -> id % modulus == rest, come);
      }
    }
  }

  private static void change(
      Versions versions,
      List<Integer> model,
      String where,
      java.util.function.IntPredicate gone,
      List<Integer> come) {
    int before = model.size();
    model.removeIf(gone::test);
    int removed = before - model.size();
    model.addAll(come);

    RowFigures figures = versions.change(where, rows(come));

    assertThat(figures.removed()).isEqualTo(removed);
    assertThat(figures.added()).isEqualTo(come.size());
  }

  private static List<String> texts(List<Integer> ids) {
    return ids.stream().map(RowChangesPropertyTest::row).sorted().toList();
  }

  /// Any version against any other: the difference is that of the lists.
  private static void checkHistory(
      Versions versions, Map<Long, List<Integer>> history, SplittableRandom random) {
    List<Long> ids = versions.table().history().stream().map(SnapshotInfo::id).toList();
    for (int i = 0; i < 8; i++) {
      long from = ids.get(random.nextInt(ids.size()));
      long to = ids.get(random.nextInt(ids.size()));
      List<Integer> gone = minus(history.get(from), history.get(to));
      List<Integer> come = minus(history.get(to), history.get(from));

      var difference = versions.table().difference(new AsOf.Snapshot(from), new AsOf.Snapshot(to));
      Changes changes =
          Changes.expose(versions.session, versions.connection, difference, GONE, COME);

      assertThat(changes).isEqualTo(new Changes(gone.size(), come.size()));
      assertThat(ids(versions, GONE)).isEqualTo(gone.stream().sorted().toList());
      assertThat(ids(versions, COME)).isEqualTo(come.stream().sorted().toList());
      Counts counts =
          ChangedRows.find(versions.session, versions.connection, difference, List.of()).counts();
      assertThat(counts)
          .isEqualTo(new Counts(come.size(), gone.size(), 0, history.get(to).size() - come.size()));
      assertThat(versions.rows(new AsOf.Snapshot(from))).isEqualTo(texts(history.get(from)));
    }
  }

  private static List<Integer> minus(List<Integer> from, List<Integer> gone) {
    Map<Integer, Integer> counts = new HashMap<>();
    gone.forEach(id -> counts.merge(id, 1, Integer::sum));
    List<Integer> rest = new ArrayList<>();
    for (Integer id : from) {
      if (counts.merge(id, -1, Integer::sum) < 0) {
        rest.add(id);
      }
    }
    return rest;
  }

  private static List<Integer> ids(Versions versions, TableName table) {
    List<Integer> ids = new ArrayList<>();
    versions
        .connection
        .query("SELECT id FROM " + table.sql() + " ORDER BY id", 1_000_000)
        .rows()
        .forEach(row -> ids.add((Integer) row.getFirst()));
    return ids;
  }
}
