package dev.tarn.sql.change;

import dev.tarn.sql.change.ProofCase.Row;
import dev.tarn.sql.change.ProofCase.StoredTable;
import dev.tarn.vocabulary.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Makes a case that fails as small as it can while it still fails.
final class Shrinker {
  private static final int MOST_TRIES = 500;

  private final ChangeLab lab;
  private ProofCase best;
  private int tries;

  private Shrinker(ChangeLab lab, ProofCase failing) {
    this.lab = lab;
    this.best = failing;
  }

  static ProofCase shrunk(ChangeLab lab, ProofCase failing) throws SQLException {
    Shrinker shrinker = new Shrinker(lab, failing);
    boolean smaller = true;
    while (smaller && shrinker.tries < MOST_TRIES) {
      boolean query = shrinker.query();
      boolean tables = shrinker.tables();
      smaller = query || tables;
    }
    return shrinker.best;
  }

  private boolean query() throws SQLException {
    boolean any = false;
    boolean more = true;
    while (more && tries < MOST_TRIES) {
      more = false;
      for (String sql : QueryCuts.of(lab.parser(), best.query())) {
        if (sql.length() < best.query().length() && fails(best.withQuery(sql))) {
          more = true;
          any = true;
          break;
        }
      }
    }
    return any;
  }

  private boolean tables() throws SQLException {
    boolean any = false;
    for (int i = best.tables().size() - 1; i >= 0; i--) {
      List<StoredTable> without = new ArrayList<>(best.tables());
      without.remove(i);
      if (fails(best.withTables(without))) {
        any = true;
        continue;
      }
      any |= rows(i);
      any |= columns(i);
    }
    return any;
  }

  private boolean rows(int table) throws SQLException {
    boolean any = false;
    for (int i = best.tables().get(table).rows().size() - 1; i >= 0; i--) {
      Row row = best.tables().get(table).rows().get(i);
      any |=
          tried(table, i, List.of())
              || row.died() != Row.STAYS
                  && tried(table, i, List.of(new Row(row.values(), row.born(), Row.STAYS)))
              || row.born() > 0 && tried(table, i, List.of(new Row(row.values(), 0, row.died())));
    }
    return any;
  }

  private boolean tried(int table, int at, List<Row> instead) throws SQLException {
    List<Row> rows = new ArrayList<>(best.tables().get(table).rows());
    rows.remove(at);
    rows.addAll(at, instead);
    return with(table, best.tables().get(table).withRows(rows));
  }

  private boolean columns(int table) throws SQLException {
    boolean any = false;
    for (int i = best.tables().get(table).fields().size() - 1; i >= 0; i--) {
      int at = i;
      StoredTable old = best.tables().get(table);
      any |=
          old.fields().size() > 1
              && with(
                  table,
                  new StoredTable(
                      old.name(),
                      less(old.fields(), at),
                      old.rows().stream()
                          .map(row -> new Row(less(row.values(), at), row.born(), row.died()))
                          .toList()));
    }
    return any;
  }

  private static <T> List<T> less(List<T> all, int at) {
    List<T> less = new ArrayList<>(all);
    less.remove(at);
    return less;
  }

  private boolean with(int at, StoredTable table) throws SQLException {
    List<StoredTable> tables = new ArrayList<>(best.tables());
    tables.set(at, table);
    return fails(best.withTables(tables));
  }

  private boolean fails(ProofCase smaller) throws SQLException {
    if (tries++ > MOST_TRIES) {
      return false;
    }
    try {
      if (Proof.of(lab, smaller) instanceof Proof.Verdict.Different) {
        best = smaller;
        return true;
      }
      return false;
    } catch (Failure notParsed) {
      return false;
    }
  }
}
