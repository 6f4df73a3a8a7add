package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;

/// Looks for the files of a scan on the disk; all that is missing or of another size is told at
/// once.
final class FilesOnDisk {
  private static final int PROBLEM_LIMIT = 20;

  private final TableName name;
  private final LakeFiles files;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, ScanDeletes> lists = new HashMap<>();

  FilesOnDisk(TableName name, LakeFiles files) {
    this.name = name;
    this.files = files;
  }

  List<ScanFile> checked(List<PlannedFile> planned) {
    Map<String, Expected> known =
        files.expected(
            planned.stream().flatMap(FilesOnDisk::all).map(ContentFile::location).toList());
    List<ScanFile> checked = new ArrayList<>(planned.size());
    for (PlannedFile one : planned) {
      checked.add(
          new ScanFile(
              path(one.file()),
              one.file().recordCount(),
              one.file().fileSizeInBytes(),
              crc(known, one.file()),
              lists(known, one.deletes()),
              lists(known, one.only())));
      if (problems.size() >= PROBLEM_LIMIT) {
        break;
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_DATA, problems);
    }
    return checked;
  }

  private static Stream<ContentFile<?>> all(PlannedFile one) {
    return Stream.of(
            Stream.<ContentFile<?>>of(one.file()), one.deletes().stream(), one.only().stream())
        .flatMap(part -> part);
  }

  private static Optional<Integer> crc(Map<String, Expected> known, ContentFile<?> file) {
    return Optional.ofNullable(known.get(file.location())).map(Expected::crc32c);
  }

  private List<ScanDeletes> lists(Map<String, Expected> known, List<DeleteFile> deletes) {
    return deletes.stream()
        .map(file -> lists.computeIfAbsent(file.location(), _ -> list(known, file)))
        .toList();
  }

  private ScanDeletes list(Map<String, Expected> known, DeleteFile file) {
    return new ScanDeletes(
        path(file),
        file.recordCount(),
        file.fileSizeInBytes(),
        crc(known, file),
        AppliedDeletes.ofOneFile(file));
  }

  private Path path(ContentFile<?> file) {
    Path path = LakeFiles.path(file.location());
    problem(file, path).ifPresent(problems::add);
    return path;
  }

  private Optional<Problem> problem(ContentFile<?> file, Path path) {
    if (file.format() != FileFormat.PARQUET) {
      return Optional.of(
          Problem.of(
              path + " of " + name + " is " + file.format() + ", which can't be read",
              "write the table as Parquet"));
    }
    try {
      long size = Files.size(path);
      return size == file.fileSizeInBytes()
          ? Optional.empty()
          : Optional.of(
              Problem.of(
                  path
                      + " of "
                      + name
                      + " has "
                      + size
                      + " bytes where "
                      + file.fileSizeInBytes()
                      + " were written",
                  "restore the file from a backup"));
    } catch (IOException e) {
      return Optional.of(
          Problem.of(path + " of " + name + " is missing", "restore the file from a backup"));
    }
  }
}
