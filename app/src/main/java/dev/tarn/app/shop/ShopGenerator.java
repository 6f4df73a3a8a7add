package dev.tarn.app.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Makes the data of a shop: two years of it, always the same bytes for the same seed and scale.
///
/// Scale 1 is about 100,000 orders. Files are written in parallel and with flat memory, since
/// everything in them follows from the seed and a number.
public final class ShopGenerator {

  private static final int ORDERS = 100_000;
  private static final int CUSTOMERS = 20_000;
  private static final int FEWEST_ORDERS = 100;

  private final long seed;
  private final double scale;
  private final int threads;

  public ShopGenerator(long seed, double scale, int threads) {
    if (!(scale > 0 && scale <= 10_000)) {
      throw new IllegalArgumentException("scale must be above 0 and at most 10,000, not " + scale);
    }
    this.seed = seed;
    this.scale = scale;
    this.threads = threads;
  }

  /// Writes all sources into `project/data`, and a manifest of what is in them beside.
  public ShopManifest writeInto(Path project) throws IOException {
    var data = project.resolve("data");
    Files.createDirectories(data);
    var sum = new Tally();
    for (var tally : writeAll(data)) {
      sum.add(tally);
    }
    var manifest = sum.manifest(seed, scale);
    Files.writeString(data.resolve("MANIFEST.json"), manifest.toJson());
    return manifest;
  }

  private List<Tally> writeAll(Path data) throws IOException {
    var tasks = files().stream().<Callable<Tally>>map(file -> () -> file.writeBelow(data)).toList();
    var written = new ArrayList<Tally>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (var tally : pool.invokeAll(tasks)) {
        written.add(tally.get());
      }
      return written;
    } catch (ExecutionException e) {
      throw new IOException("the shop's data could not be written below " + data, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing the shop's data", e);
    }
  }

  private List<ShopFile> files() {
    var orders = Math.max(FEWEST_ORDERS, Math.round(ORDERS * scale));
    var customers = Math.max(FEWEST_ORDERS / 5, Math.round(CUSTOMERS * scale));
    var calendar = new ShopCalendar(orders, customers);
    var people = new People(seed);
    var catalogue = new Catalogue(seed, scale);
    var book = new OrderBook(seed, calendar, people, catalogue);
    return Stream.of(
            new ClickFiles(seed, calendar, book, catalogue).files(),
            new OrderFiles(calendar, book).files(),
            new OrderLineFiles(calendar, book, catalogue).files(),
            new PaymentFiles(seed, calendar, book).files(),
            new CustomerFiles(seed, calendar, people).files(),
            new LegacyCustomerFile(calendar, people).files(),
            new CatalogueFiles(catalogue).files())
        .flatMap(List::stream)
        .toList();
  }
}
