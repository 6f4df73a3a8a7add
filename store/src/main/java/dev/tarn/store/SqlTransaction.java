package dev.tarn.store;

/// The typed tables over the statements of one transaction.
record SqlTransaction(Sql sql, Scope scope) implements Transaction {

  @Override
  public Pointers pointers() {
    return new SqlPointers(sql, scope);
  }

  @Override
  public FileLog files() {
    return new SqlFileLog(sql);
  }

  @Override
  public RunLog runs() {
    return new SqlRunLog(sql, scope);
  }

  @Override
  public ConsumedLog consumed() {
    return new SqlConsumedLog(sql, scope);
  }

  @Override
  public DriftLog drifts() {
    return new SqlDriftLog(sql, scope);
  }

  @Override
  public CheckLog checks() {
    return new SqlCheckLog(sql, scope);
  }

  @Override
  public LineageLog lineage() {
    return new SqlLineageLog(sql, scope);
  }

  @Override
  public TableStates states() {
    return new SqlTableStates(sql, scope);
  }

  @Override
  public DroppedLog dropped() {
    return new SqlDroppedLog(sql, scope);
  }

  @Override
  public PartLog parts() {
    return new SqlPartLog(sql, scope);
  }

  @Override
  public Branches branches() {
    return new SqlBranches(sql, scope);
  }

  @Override
  public Notes notes() {
    return new SqlNotes(sql, scope);
  }
}
