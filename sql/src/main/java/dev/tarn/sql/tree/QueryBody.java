package dev.tarn.sql.tree;

import java.util.List;
import java.util.Optional;

/// What yields rows: a SELECT, a set operation over several, or a recursive one.
public sealed interface QueryBody extends SqlNode {

  List<CommonTable> commonTables();

  List<Modifier> modifiers();

  /// `SELECT … FROM … WHERE … GROUP BY … HAVING … QUALIFY …`; VALUES and PIVOT are read as `SELECT
  /// * FROM` them.
  ///
  /// @param groupSets the grouping sets, as positions in `groups`
  /// @param groupByAll true for GROUP BY ALL: grouped by what is selected without an aggregate
  record Select(
      Origin origin,
      List<CommonTable> commonTables,
      List<Modifier> modifiers,
      List<Expression> items,
      Relation from,
      Optional<Expression> where,
      List<Expression> groups,
      List<List<Integer>> groupSets,
      boolean groupByAll,
      Optional<Expression> having,
      Optional<Expression> qualify,
      boolean sampled)
      implements QueryBody {
    public Select {
      commonTables = List.copyOf(commonTables);
      modifiers = List.copyOf(modifiers);
      items = List.copyOf(items);
      groups = List.copyOf(groups);
      groupSets = List.copyOf(groupSets);
    }

    @Override
    public List<SqlNode> children() {
      ChildList list =
          new ChildList().add(commonTables).add(items).add(from).add(where).add(groups);
      return list.add(having).add(qualify).add(modifiers).all();
    }
  }

  /// `UNION`, `EXCEPT`, `INTERSECT`, by position or by name.
  ///
  /// @param kind `UNION`, `UNION_BY_NAME`, `EXCEPT` or `INTERSECT`
  record SetOperation(
      Origin origin,
      List<CommonTable> commonTables,
      List<Modifier> modifiers,
      String kind,
      boolean all,
      List<QueryBody> parts)
      implements QueryBody {
    public SetOperation {
      commonTables = List.copyOf(commonTables);
      modifiers = List.copyOf(modifiers);
      parts = List.copyOf(parts);
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().add(commonTables).add(parts).add(modifiers).all();
    }
  }

  /// The body of a recursive common table: a start, and a step that reads the table itself.
  record Recursive(
      Origin origin,
      List<CommonTable> commonTables,
      List<Modifier> modifiers,
      String name,
      boolean all,
      QueryBody start,
      QueryBody step,
      List<String> columns,
      List<Expression> keys)
      implements QueryBody {
    public Recursive {
      commonTables = List.copyOf(commonTables);
      modifiers = List.copyOf(modifiers);
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().add(commonTables).add(start).add(step).add(keys).add(modifiers).all();
    }
  }
}
