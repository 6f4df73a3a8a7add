package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the engine reads prepared files: as strictly as it can, with nothing left to its guesses.
/// Files that are read the same way can be read together.
sealed interface Reading {

  /// A table function over the files, with the named columns as `types` say.
  String relation(List<Path> files, List<Typed> columns);

  /// A column as it is read.
  record Typed(String name, Type type) {}

  /// @param header whether the first record is passed over
  /// @param lineBytes longer than every record
  record Csv(
      CsvDialect dialect,
      LineEnd lineEnd,
      boolean header,
      List<String> nulls,
      List<String> names,
      long lineBytes)
      implements Reading {
    @Override
    public String relation(List<Path> files, List<Typed> columns) {
      return "read_csv("
          + paths(files)
          + ", auto_detect=false, delim="
          + Identifiers.literal(String.valueOf(dialect.delimiter()))
          + ", quote="
          + character(dialect.quote())
          + ", escape="
          + character(dialect.quote().flatMap(_ -> dialect.escape()))
          + ", header="
          + header
          + newLine()
          + ", nullstr="
          + nulls.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "[", "]"))
          + ", allow_quoted_nulls=false, strict_mode=true, null_padding=false, compression='none'"
          + ", max_line_size="
          + lineBytes
          + ", columns="
          + struct(columns)
          + ")";
    }

    private String newLine() {
      return switch (lineEnd) {
        case NONE -> "";
        case LF -> ", new_line='\\n'";
        case CRLF -> ", new_line='\\r\\n'";
        case CR -> ", new_line='\\r'";
      };
    }

    private static String character(Optional<Character> character) {
      return Identifiers.literal(character.map(String::valueOf).orElse(""));
    }
  }

  /// @param objectBytes longer than every object
  record Ndjson(long objectBytes) implements Reading {
    @Override
    public String relation(List<Path> files, List<Typed> columns) {
      return "read_json("
          + paths(files)
          + ", format='newline_delimited', records=true, auto_detect=false, compression='uncompressed'"
          + ", maximum_object_size="
          + objectBytes
          + ", columns="
          + struct(columns)
          + ")";
    }
  }

  /// @param columns the files' own columns
  record Parquet(List<String> names) implements Reading {
    @Override
    public String relation(List<Path> files, List<Typed> columns) {
      return "read_parquet(" + paths(files) + ")";
    }
  }

  /// How what [PlainCsv] wrote is read.
  static Csv plainestCsv(List<String> names, long lineBytes) {
    return new Csv(
        CsvDialect.standard().withHeader(false), LineEnd.LF, false, List.of(""), names, lineBytes);
  }

  private static String paths(List<Path> files) {
    return files.stream()
        .map(Path::toString)
        .map(Reading::literalPath)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /// A path is never a glob: what a lake's folder is called is no pattern.
  private static String literalPath(String path) {
    return Identifiers.literal(path.replaceAll("([*?\\[])", "[$1]"));
  }

  private static String struct(List<Typed> columns) {
    return columns.stream()
        .map(column ->
            Identifiers.literal(column.name()) + ": " + Identifiers.literal(column.type().sql()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
