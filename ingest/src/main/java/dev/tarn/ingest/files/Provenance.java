package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.List;

/// The columns that tell of every bronze row where it came from.
public final class Provenance {
  static final Column SOURCE = Column.of("_source", Primitive.VARCHAR);
  static final Column POSITION = Column.of("_position", Primitive.BIGINT);
  static final Column INGESTED_AT = Column.of("_ingested_at", Primitive.TIMESTAMPTZ);
  static final Column RUN = Column.of("_run", Primitive.VARCHAR);
  public static final List<Column> COLUMNS = List.of(SOURCE, POSITION, INGESTED_AT, RUN);
  static final List<String> NAMES = COLUMNS.stream().map(Column::name).toList();

  private Provenance() {}

  static boolean has(String name) {
    return NAMES.stream().anyMatch(name::equalsIgnoreCase);
  }
}
