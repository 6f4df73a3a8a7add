package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The files in `tarn_files`.
record SqlFileLog(Sql sql) implements FileLog {
  private static final String COLUMNS =
      "SELECT path, bytes, crc32c, table_name, kind, run FROM tarn_files";

  @Override
  public void add(List<FileRecord> files) {
    sql.changeEach(
        """
        INSERT INTO tarn_files (path, bytes, crc32c, table_name, kind, run) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, crc32c = excluded.crc32c,
          table_name = excluded.table_name, kind = excluded.kind, run = excluded.run\
        """,
        files,
        file ->
            new Object[] {
              file.path(), file.bytes(), file.crc32c(), file.table(), file.kind().text(), file.run()
            });
  }

  @Override
  public Map<String, FileRecord> find(Collection<String> paths) {
    Map<String, FileRecord> found = new HashMap<>();
    sql.listIn(SqlFileLog::read, COLUMNS + " WHERE path IN ", paths)
        .forEach(file -> found.put(file.path(), file));
    return found;
  }

  @Override
  public List<FileRecord> ofTable(TableName table) {
    return sql.list(SqlFileLog::read, COLUMNS + " WHERE table_name = ? ORDER BY path", table);
  }

  @Override
  public List<FileRecord> all() {
    return sql.list(SqlFileLog::read, COLUMNS + " ORDER BY path");
  }

  @Override
  public void remove(Collection<String> paths) {
    sql.changeEach("DELETE FROM tarn_files WHERE path = ?", paths, path -> new Object[] {path});
  }

  private static FileRecord read(Row row) {
    return new FileRecord(
        row.text(1),
        row.number(2),
        row.integer(3),
        row.table(4),
        FileKind.valueOf(row.text(5).toUpperCase(Locale.ROOT)),
        row.run(6));
  }
}
