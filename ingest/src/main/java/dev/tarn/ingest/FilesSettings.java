package dev.tarn.ingest;

import dev.tarn.ingest.files.CsvOptions;
import dev.tarn.ingest.files.Format;
import dev.tarn.ingest.files.Limits;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A source of files, as declared.
///
/// @param folder what relative paths start from
/// @param paths files, folders or globs
/// @param format absent: told by each file's name
/// @param encoding absent: UTF-8, or what a byte order mark says
/// @param skip lines before the data (or the header) that are no data
/// @param rows JSON: the way to the array that holds the rows, as names; empty: the document itself
/// @param row XML: the element that is a row; absent: the repeated child of the root
/// @param keepRaw whether source files are kept byte for byte
public record FilesSettings(
    SourceSettings common,
    Path folder,
    List<String> paths,
    Location pathsAt,
    Optional<Format> format,
    CsvOptions csv,
    Optional<Charset> encoding,
    int skip,
    List<String> rows,
    Optional<String> row,
    boolean keepRaw,
    Limits limits) {
  private static final long MOST_SKIPPED = 1_000_000;

  public FilesSettings {
    paths = List.copyOf(paths);
    rows = List.copyOf(rows);
  }

  /// Reads and checks all keys of a source of files; every problem is noted in the settings.
  public static FilesSettings read(TableName table, Settings settings, Path projectFolder) {
    SourceSettings common = SourceSettings.read(table, settings);
    List<String> paths = settings.texts("path");
    if (paths.isEmpty()) {
      settings.requiredText("path");
    }
    Optional<Format> format = settings.text("format").flatMap(name -> format(settings, name));
    FilesSettings read =
        new FilesSettings(
            common,
            projectFolder.toAbsolutePath().normalize(),
            paths,
            settings.at("path"),
            format,
            CsvOptions.read(settings),
            encoding(settings),
            settings.number("skip", 0, MOST_SKIPPED).orElse(0L).intValue(),
            settings.text("rows").map(FilesSettings::way).orElse(List.of()),
            settings.text("row"),
            settings.flag("keep_raw", true),
            Limits.read(settings));
    read.fixedWidthProblems(settings);
    settings.done();
    return read;
  }

  private void fixedWidthProblems(Settings settings) {
    if (!format.equals(Optional.of(Format.FIXED))) {
      return;
    }
    if (common.contract().isEmpty()) {
      settings.problem(
          "format",
          "fixed-width files need their columns declared",
          "add  columns: {name: {width: 10}, …}");
    }
    for (ContractColumn column : common.contract().columns()) {
      if (column.width().isEmpty()) {
        settings
            .problems()
            .add(column.at(), "column '" + column.name() + "' needs a width", "add  width: 10");
      }
    }
  }

  private static List<String> way(String text) {
    String way = text.startsWith("$.") ? text.substring(2) : text;
    List<String> names = new ArrayList<>();
    for (String name : way.split("\\.")) {
      names.add(name.endsWith("[*]") ? name.substring(0, name.length() - 3) : name);
    }
    return names;
  }

  private static Optional<Format> format(Settings settings, String name) {
    Optional<Format> format = Format.named(name);
    if (format.isEmpty()) {
      settings.problem("format", Format.unknown(name), Format.choices(name));
    }
    return format;
  }

  private static Optional<Charset> encoding(Settings settings) {
    return settings
        .text("encoding")
        .flatMap(name -> {
          try {
            // As Python and others call it.
            String known = name.replaceFirst("(?i)^latin[-_ ]([0-9]+)$", "latin$1");
            return Optional.of(Charset.forName(known.replace(' ', '-')));
          } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            settings.problem(
                "encoding",
                "no encoding is called '" + name + "'",
                "such as utf-8, utf-16, iso-8859-1, windows-1252");
            return Optional.empty();
          }
        });
  }

  /// Names all settings that tell how a file becomes rows: while it is the same, the same files
  /// make the same rows. Where the files are, descriptions and tags do not count.
  public String reading() {
    List<Object> all =
        List.of(
            format,
            csv,
            encoding,
            skip,
            rows,
            row,
            limits,
            common.onDrift(),
            common.contract().columns().stream().map(ContractColumn::reading).toList());
    return Integer.toHexString(all.toString().hashCode());
  }
}
