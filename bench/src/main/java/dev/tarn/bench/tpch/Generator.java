package dev.tarn.bench.tpch;

import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the tables of TPC-H, as its `dbgen` makes them, and what its refresh functions insert and
/// delete, into a folder for each source.
///
/// @param scale the scale factor
final class Generator {
  /// A refresh function is about so many orders of all, one in so many.
  private static final int SHARE = 1_000;

  private final double scale;
  private final Distributions words = Distributions.getDefaultDistributions();

  Generator(double scale) {
    this.scale = scale;
  }

  /// The tables as they are at first.
  void base(Path data) throws IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      try (Writer file = file(data, table.getTableName(), "base")) {
        for (TpchEntity row : table.createGenerator(scale, 1, 1)) {
          line(file, row.toLine());
        }
      }
    }
  }

  /// One pair of the refresh functions: the oldest orders that are left go, and as many come that
  /// have keys in the gaps behind theirs.
  ///
  /// @param round from 1
  void refresh(Path data, int round) throws IOException {
    List<Long> deleted = deleted(round);
    try (Writer file = file(data, "deleted_orders", "refresh" + round)) {
      for (long key : deleted) {
        line(file, key + "|");
      }
    }
    inserted(data, round, deleted);
  }

  private List<Long> deleted(int round) {
    List<Long> keys = new ArrayList<>();
    for (Order order : new OrderGenerator(scale, round, SHARE, words, noText())) {
      keys.add(order.getOrderKey());
    }
    return keys;
  }

  /// What the generator gives behind the last order of the base, which is what a base of twice the
  /// size begins its second half with.
  private void inserted(Path data, int round, List<Long> deleted) throws IOException {
    NewSales sales = new NewSales(scale);
    TextPool text = TextPool.getDefaultTextPool();
    Map<Long, List<LineItem>> lines = new HashMap<>();
    for (LineItem line : new LineItemGenerator(2 * scale, SHARE + round, 2 * SHARE, words, text)) {
      lines.computeIfAbsent(line.getOrderKey(), _ -> new ArrayList<>()).add(line);
    }
    try (Writer orders = file(data, "orders", "refresh" + round);
        Writer items = file(data, "lineitem", "refresh" + round)) {
      int next = 0;
      for (Order order : new OrderGenerator(2 * scale, SHARE + round, 2 * SHARE, words, text)) {
        if (next == deleted.size()) {
          break;
        }
        long key = NewSales.keyBehind(deleted.get(next++));
        List<LineItem> sold =
            lines.getOrDefault(order.getOrderKey(), List.of()).stream()
                .map(line -> sales.line(key, line))
                .toList();
        line(orders, sales.order(key, order, sold).toLine());
        for (LineItem item : sold) {
          line(items, item.toLine());
        }
      }
    }
  }

  /// Enough for who asks for keys only.
  private TextPool noText() {
    return new TextPool(10_000, words);
  }

  private static Writer file(Path data, String table, String name) throws IOException {
    Path folder = Files.createDirectories(data.resolve(table));
    return Files.newBufferedWriter(folder.resolve(name + ".tbl"));
  }

  /// Without the separator at the end of each line.
  private static void line(Writer file, String line) throws IOException {
    file.write(line, 0, line.length() - (line.endsWith("|") ? 1 : 0));
    file.write('\n');
  }
}
