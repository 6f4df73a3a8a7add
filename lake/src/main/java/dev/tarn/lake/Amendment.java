package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.MetadataColumns;

/// How a change of some rows of a table is to be written: which files are written anew without the
/// rows that go, and of which only the places of these rows are listed. The lake plans it by what
/// is cheapest for writers and readers; an engine writes what it asks for, and hands it back with
/// the files.
public final class Amendment {
  private final WriteTarget target;
  private final Scan rewritten;
  private final List<Integer> rewrittenFrom;
  private final List<Marked> marked;
  private final List<DataFile> gone;
  private final List<DeleteFile> goneLists;
  private final List<DataFile> listed;

  /// @param listed the files that `marked` tells of, in the same order
  Amendment(
      WriteTarget target,
      Scan rewritten,
      List<Integer> rewrittenFrom,
      List<Marked> marked,
      List<DataFile> gone,
      List<DeleteFile> goneLists,
      List<DataFile> listed) {
    this.target = target;
    this.rewritten = rewritten;
    this.rewrittenFrom = List.copyOf(rewrittenFrom);
    this.marked = List.copyOf(marked);
    this.gone = List.copyOf(gone);
    this.goneLists = List.copyOf(goneLists);
    this.listed = List.copyOf(listed);
  }

  /// A file of which rows are to be listed as deleted.
  ///
  /// @param place its place among the files of the scan that is changed
  /// @param location its name as it must stand in the list
  /// @param takenOver lists whose rows the new one must name too, because it takes their place
  public record Marked(int place, String location, List<ScanDeletes> takenOver) {

    public Marked {
      takenOver = List.copyOf(takenOver);
    }
  }

  /// How many rows come and go; those that are merely written anew do neither.
  public record Figures(long added, long removed) {
    static final Figures NONE = new Figures(0, 0);
  }

  public TableName table() {
    return target.table();
  }

  /// Where new rows are to be written, and those that stay of [#rewritten], in the table's columns,
  /// partitions and order.
  public WriteTarget target() {
    return target;
  }

  /// What to read to get the rows of the files that go as a whole.
  public Scan rewritten() {
    return rewritten;
  }

  /// The places of the files of [#rewritten] among those of the scan that is changed.
  public List<Integer> rewrittenFrom() {
    return rewrittenFrom;
  }

  /// The files of which rows are to be listed.
  public List<Marked> marked() {
    return marked;
  }

  /// Where to write the lists: rows of `file_path` and `pos`, one file for each data file.
  public WriteTarget lists() {
    FieldNode path =
        new FieldNode(
            MetadataColumns.DELETE_FILE_PATH.fieldId(),
            MetadataColumns.DELETE_FILE_PATH.name(),
            Primitive.VARCHAR,
            true,
            List.of());
    FieldNode place =
        new FieldNode(
            MetadataColumns.DELETE_FILE_POS.fieldId(),
            MetadataColumns.DELETE_FILE_POS.name(),
            Primitive.BIGINT,
            true,
            List.of());
    boolean several = marked.size() > 1;
    return new WriteTarget(
        target.table(),
        target.folder(),
        List.of(path, place),
        several ? List.of(new PartitionKey(path.name(), new Transform.Identity())) : List.of(),
        List.of(new SortKey(place.name(), false, false)),
        target.fileBytes());
  }

  /// Whether no file of the table is touched.
  boolean appends() {
    return gone.isEmpty() && marked.isEmpty();
  }

  List<DataFile> gone() {
    return gone;
  }

  List<DeleteFile> goneLists() {
    return goneLists;
  }

  /// The data file that a list is of.
  DataFile listed(WrittenFile list) {
    if (listed.size() == 1) {
      return listed.getFirst();
    }
    String location = list.partition().getFirst().orElse("");
    return listed.stream()
        .filter(file -> file.location().equals(location))
        .findFirst()
        .orElseThrow(() ->
            Failure.bug(
                "a list of deleted rows is of " + location + ", which is not marked",
                new IllegalStateException()));
  }
}
