package dev.tarn.store;

/// The typed tables over the statements of one transaction.
record SqlTransaction(Sql sql) implements Transaction {

  @Override
  public Pointers pointers() {
    return new SqlPointers(sql);
  }

  @Override
  public FileLog files() {
    return new SqlFileLog(sql);
  }

  @Override
  public RunLog runs() {
    return new SqlRunLog(sql);
  }

  @Override
  public ConsumedLog consumed() {
    return new SqlConsumedLog(sql);
  }

  @Override
  public DriftLog drifts() {
    return new SqlDriftLog(sql);
  }

  @Override
  public CheckLog checks() {
    return new SqlCheckLog(sql);
  }

  @Override
  public LineageLog lineage() {
    return new SqlLineageLog(sql);
  }

  @Override
  public TableStates states() {
    return new SqlTableStates(sql);
  }

  @Override
  public DroppedLog dropped() {
    return new SqlDroppedLog(sql);
  }

  @Override
  public PartLog parts() {
    return new SqlPartLog(sql);
  }

  @Override
  public Notes notes() {
    return new SqlNotes(sql);
  }
}
