package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Every file of the lake with its size and checksum.
public interface FileLog {
  /// A path that is known already is known anew.
  void add(List<FileRecord> files);

  /// Those of the paths that are known, by path.
  Map<String, FileRecord> find(Collection<String> paths);

  List<FileRecord> ofTable(TableName table);

  /// By path.
  List<FileRecord> all();

  void remove(Collection<String> paths);
}
