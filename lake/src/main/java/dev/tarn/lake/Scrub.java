package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Reads every file that the lake needs and compares it with what was written.
final class Scrub {
  private final Catalog catalog;
  private final Path warehouse;
  private final Path raw;
  private final Durability threads;
  private final ConcurrentLinkedQueue<ScrubReport.Damage> damaged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unverified = new AtomicInteger();
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Scrub(Catalog catalog, Path warehouse, Durability threads) {
    this.catalog = catalog;
    this.warehouse = warehouse;
    this.raw = warehouse.resolve("raw");
    this.threads = threads;
  }

  ScrubReport report() {
    Map<String, String> owners = new TreeMap<>();
    for (Pointer pointer : catalog.store().read(read -> read.pointers().everywhere())) {
      needed(pointer).forEach(path -> owners.putIfAbsent(path, pointer.name().toString()));
    }
    new ConsumedJournal(warehouse).files().forEach(path -> owners.put(path.toString(), "consumed"));
    Map<String, Expected> known = catalog.checksums().of(owners.keySet());
    threads.each(
        "scrubbing",
        owners.entrySet(),
        file ->
            check(file.getKey(), file.getValue(), Optional.ofNullable(known.get(file.getKey()))));
    threads.each("scrubbing", rawFiles(), this::checkRaw);
    List<ScrubReport.Damage> found = new ArrayList<>(damaged);
    found.sort(java.util.Comparator.comparing(ScrubReport.Damage::path));
    return new ScrubReport(files.get(), bytes.get(), unverified.get(), found);
  }

  /// What a table with a damaged metadata file needs can't be listed; the damage itself is
  /// reported.
  private List<String> needed(Pointer pointer) {
    LiveFiles live = new LiveFiles(catalog);
    try {
      live.add(pointer);
    } catch (Failure failure) {
      failure
          .problems()
          .forEach(problem ->
              damaged.add(
                  new ScrubReport.Damage(
                      pointer.metadataLocation(), pointer.name().toString(), problem.what())));
    }
    return live.paths().stream().filter(path -> mustExist(pointer, path)).toList();
  }

  /// Older metadata files are a courtesy and may have been removed.
  private static boolean mustExist(Pointer pointer, String path) {
    return !path.endsWith(".metadata.json") || path.equals(pointer.metadataLocation());
  }

  private void check(String location, String owner, Optional<Expected> expected) {
    Path path = LakeFiles.path(location);
    if (expected.isEmpty()) {
      unverified.incrementAndGet();
    }
    FileCheck.damage(path, expected)
        .ifPresent(what -> damaged.add(new ScrubReport.Damage(location, owner, what)));
    count(path);
  }

  private void checkRaw(Path path) {
    count(path);
    try {
      if (!sha256(path).equals(path.getFileName().toString())) {
        damaged.add(
            new ScrubReport.Damage(
                path.toString(), "raw", "its bytes are not those that were kept"));
      }
    } catch (IOException e) {
      damaged.add(
          new ScrubReport.Damage(path.toString(), "raw", "can't be read: " + e.getMessage()));
    }
  }

  private void count(Path path) {
    files.incrementAndGet();
    try {
      bytes.addAndGet(Files.size(path));
    } catch (IOException _) {
      // Told already, as damage.
    }
  }

  private List<Path> rawFiles() {
    if (!Files.isDirectory(raw)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(raw)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      throw LakeFailures.of(e, "reading " + raw);
    } catch (UncheckedIOException e) {
      throw LakeFailures.of(e, "reading " + raw);
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw Failure.bug("SHA-256 is not available", e);
    }
  }
}
