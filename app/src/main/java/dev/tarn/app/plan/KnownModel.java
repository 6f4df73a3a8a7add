package dev.tarn.app.plan;

import dev.tarn.app.project.ModelFile;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.transform.ModelSettings;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A model that has been understood.
///
/// @param inputs the tables it reads
/// @param checkReads further tables that its checks read
/// @param uniqueBy columns of which its query never makes two rows with the same values; none when
///   that is not known
/// @param fingerprint names what the model means; changes when a refresh of the whole is due
public record KnownModel(
    ModelFile file,
    Set<TableName> inputs,
    Set<TableName> checkReads,
    List<DeclaredCheck> checks,
    List<String> uniqueBy,
    String fingerprint) {
  /// What stands before the part of a fingerprint that names the checks.
  static final String CHECKS = ":";

  public KnownModel {
    inputs = Set.copyOf(inputs);
    checkReads = Set.copyOf(checkReads);
    checks = List.copyOf(checks);
    uniqueBy = List.copyOf(uniqueBy);
  }

  /// All that the table depends on: when any of it changes, the table is due.
  public Set<TableName> reads() {
    Set<TableName> reads = new TreeSet<>(inputs);
    reads.addAll(checkReads);
    reads.remove(table());
    return reads;
  }

  /// Whether a fingerprint names the same query and shape, whatever checks there were.
  public boolean isSameBeforeChecks(String other) {
    return beforeChecks(other).equals(beforeChecks(fingerprint));
  }

  private static String beforeChecks(String fingerprint) {
    int end = fingerprint.indexOf(CHECKS);
    return end < 0 ? fingerprint : fingerprint.substring(0, end);
  }

  /// The same table made by another query of the same tables.
  public KnownModel by(String sql) {
    ModelFile other = new ModelFile(table(), file.file(), sql, file.settings(), file.textHash());
    return new KnownModel(other, inputs, checkReads, checks, List.of(), fingerprint);
  }

  public TableName table() {
    return file.table();
  }

  public String sql() {
    return file.sql();
  }

  public ModelSettings settings() {
    return file.settings();
  }
}
