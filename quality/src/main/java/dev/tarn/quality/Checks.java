package dev.tarn.quality;

import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads the checks of a table as a project declares them.
public final class Checks {

  private Checks() {}

  /// One check per item of the list. What is wrong is noted, all at once, and left out.
  public static List<DeclaredCheck> read(List<Node> items, Problems problems) {
    List<DeclaredCheck> read = new ArrayList<>();
    Map<String, Integer> made = new HashMap<>();
    Set<String> given = new HashSet<>();
    for (Node item : items) {
      CheckItem one = new CheckItem(item, problems);
      one.read()
          .ifPresent(check -> read.add(unlikeOthers(check, one.wasNamed(), given, made, problems)));
    }
    return List.copyOf(read);
  }

  /// The other tables that these checks read, also inside their SQL; SQL that is wrong reads
  /// nothing.
  public static Set<TableName> tables(List<DeclaredCheck> checks, SqlParser parser) {
    Set<TableName> tables = new TreeSet<>();
    for (DeclaredCheck declared : checks) {
      tables.addAll(declared.check().tables());
      declared
          .where()
          .ifPresent(where ->
              addRead("SELECT 1 FROM this WHERE (" + where.text() + "\n)", parser, tables));
      if (declared.check() instanceof RowCheck.Sql sql) {
        addRead(sql.query().text(), parser, tables);
      }
    }
    return tables;
  }

  private static void addRead(String sql, SqlParser parser, Set<TableName> tables) {
    try {
      parser.parse(sql).tables().forEach(reference -> reference.table().ifPresent(tables::add));
    } catch (Failure _) {
      // CheckBinder says what is wrong with it
    }
  }

  /// Made names are numbered when they repeat; given ones must differ.
  private static DeclaredCheck unlikeOthers(
      DeclaredCheck check,
      boolean named,
      Set<String> given,
      Map<String, Integer> made,
      Problems problems) {
    String key = check.name().toLowerCase(Locale.ROOT);
    if (named && !given.add(key)) {
      problems.add(
          check.at(), "two checks are named '" + check.name() + "'", "give one another name");
    }
    int count = made.merge(key, 1, Integer::sum);
    return named || count == 1 ? check : check.named(check.name() + "_" + count);
  }
}
