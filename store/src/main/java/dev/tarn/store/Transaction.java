package dev.tarn.store;

/// The typed tables of the metadata database, as one transaction sees them. Not to be used after it
/// ended.
public interface Transaction {
  Pointers pointers();

  FileLog files();

  RunLog runs();

  ConsumedLog consumed();

  DriftLog drifts();

  CheckLog checks();

  LineageLog lineage();

  TableStates states();

  DroppedLog dropped();

  PartLog parts();

  Branches branches();

  Notes notes();
}
