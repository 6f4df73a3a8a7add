package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A model as plain SQL: its file without the leading comment, the tables it reads, and how it is
/// partitioned.
record PlainModel(String table, String sql, Set<String> reads, String partition) {

  static final String UNPARTITIONED = "";
  private static final Pattern HEADER = Pattern.compile("^\\s*/\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern TABLE = Pattern.compile("\\b(?:silver|gold)\\.\\w+");
  private static final Pattern PARTITION = Pattern.compile("(?m)^partition: month\\((\\w+)\\)");

  static PlainModel read(String layer, Path file) throws IOException {
    var text = Files.readString(file);
    var name = file.getFileName().toString().replace(".sql", "");
    var header = HEADER.matcher(text);
    var settings = header.find() ? header.group(1) : "";
    var sql = header.replaceFirst("");
    var reads =
        TABLE.matcher(sql).results().map(match -> match.group()).collect(Collectors.toSet());
    var partition = PARTITION.matcher(settings);
    return new PlainModel(
        layer + "." + name,
        sql,
        reads,
        partition.find() ? "date_trunc('month', " + partition.group(1) + ")::DATE" : UNPARTITIONED);
  }
}
