package dev.tarn.lake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/// Which position delete files apply to which data file: those that name it, and those of its
/// partition that may, unless they are older than it (Iceberg spec, "Scan Planning").
final class AppliedDeletes {
  static final AppliedDeletes NONE = new AppliedDeletes(List.of());

  private final Map<String, List<DeleteFile>> byFile = new HashMap<>();
  private final Map<Partition, List<DeleteFile>> byPartition = new HashMap<>();

  AppliedDeletes(List<DeleteFile> deletes) {
    for (DeleteFile delete : deletes) {
      String file = ContentFileUtil.referencedDataFileLocation(delete);
      if (file != null) {
        byFile.computeIfAbsent(file, _ -> new ArrayList<>()).add(delete);
      } else {
        byPartition
            .computeIfAbsent(
                new Partition(delete.specId(), delete.partition()), _ -> new ArrayList<>())
            .add(delete);
      }
    }
  }

  private record Partition(int spec, StructLike values) {}

  boolean isEmpty() {
    return byFile.isEmpty() && byPartition.isEmpty();
  }

  /// Whether each of them names its one data file.
  boolean ofOneFileEach() {
    return byPartition.isEmpty();
  }

  /// The one data file that a delete file names; empty for those of a whole partition.
  static boolean ofOneFile(DeleteFile delete) {
    return ContentFileUtil.referencedDataFileLocation(delete) != null;
  }

  /// Those that name one of these files each, and so go with it.
  List<DeleteFile> ofOneFile(Collection<DataFile> files) {
    return files.stream()
        .flatMap(file -> byFile.getOrDefault(file.location(), List.of()).stream())
        .toList();
  }

  List<DeleteFile> of(DataFile file) {
    List<DeleteFile> found = new ArrayList<>();
    for (DeleteFile delete : byFile.getOrDefault(file.location(), List.of())) {
      if (!older(delete, file)) {
        found.add(delete);
      }
    }
    if (!byPartition.isEmpty()) {
      Partition partition = new Partition(file.specId(), file.partition());
      for (DeleteFile delete : byPartition.getOrDefault(partition, List.of())) {
        if (!older(delete, file) && mayName(delete, file.location())) {
          found.add(delete);
        }
      }
    }
    return found;
  }

  /// Numbers are missing in files of the oldest format, which has no delete files.
  private static boolean older(DeleteFile delete, DataFile file) {
    Long deleted = delete.dataSequenceNumber();
    Long written = file.dataSequenceNumber();
    return deleted != null && written != null && deleted < written;
  }

  private static boolean mayName(DeleteFile delete, String location) {
    int id = MetadataColumns.DELETE_FILE_PATH.fieldId();
    byte[] path = location.getBytes(StandardCharsets.UTF_8);
    byte @Nullable [] lower = bound(delete.lowerBounds(), id);
    byte @Nullable [] upper = bound(delete.upperBounds(), id);
    return (lower == null || Arrays.compareUnsigned(lower, path) <= 0)
        && (upper == null || Arrays.compareUnsigned(upper, path) >= 0);
  }

  private static byte @Nullable [] bound(@Nullable Map<Integer, ByteBuffer> bounds, int id) {
    ByteBuffer bound = bounds == null ? null : bounds.get(id);
    if (bound == null) {
      return null;
    }
    byte[] bytes = new byte[bound.remaining()];
    bound.duplicate().get(bytes);
    return bytes;
  }
}
