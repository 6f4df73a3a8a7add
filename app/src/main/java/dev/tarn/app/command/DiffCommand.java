package dev.tarn.app.command;

import dev.tarn.app.project.ModelFile;
import dev.tarn.app.run.LazySession;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.StoredTables;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.change.ChangedRows;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Difference;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What two versions of a table differ in.
public final class DiffCommand implements Command {
  private static final int SAMPLES = 10;

  private final Opener opener;

  public DiffCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "diff",
        "Shows which rows and columns two versions of a table differ in, or a branch and main",
        "[TABLE [A [B]]]",
        0,
        3,
        List.of(
            Option.value(
                "--limit", "N", "how many rows of each kind are shown; default: " + SAMPLES)),
        """
        A and B are versions as tarn history lists them: a snapshot, a time or a tag. Without B it is the current one, without A
        the one before B. Rows of one `key:` that differ are changed; in a table without a key a changed row is one removed and
        one added. Only files that not both versions have are read, so that the cost follows the change. With --branch and without A
        it is what tarn merge would change, of the table or of all: what the branch has beside what main had when they parted.\
        """,
        List.of(
            "tarn diff silver.orders                       # what the last publish changed",
            "tarn diff silver.orders 2026-01-31            # what changed since the end of that day",
            "tarn diff gold.daily_revenue audited_2025 2026-01-31",
            "tarn diff silver.orders --json | jq .changed",
            "tarn diff --branch new_rates                  # what merging the branch would change"),
        "table");
  }

  @Override
  public int run(Invocation invocation) {
    long limit = Numbers.positive(invocation, "--limit", SAMPLES);
    List<TableName> tables = TableNames.of(invocation.words().stream().limit(1).toList());
    boolean branch = invocation.has(CommandLine.BRANCH.name());
    if (tables.isEmpty() && !branch) {
      throw Failure.input(
          "something is missing after 'diff'", "tarn diff TABLE, or tarn diff --branch NAME");
    }
    if (branch && invocation.words().size() < 2) {
      return opener.with(
          invocation,
          opened -> {
            new BranchDiff(opened, tables, limit).show(invocation.console());
            return WELL;
          });
    }
    TableName table = tables.getFirst();
    return opener.with(
        invocation,
        opened -> {
          LakeTable found = StoredTables.require(opened, table);
          Difference difference = difference(found, invocation.words());
          try (LazySession session = opened.session();
              EngineConnection connection = session.connect()) {
            List<String> key = key(opened, table);
            ChangedRows changes = ChangedRows.find(session, connection, difference, key);
            DiffReport.of(table, difference, changes, limit).show(invocation.console());
          }
          return WELL;
        });
  }

  private static Difference difference(LakeTable table, List<String> words) {
    AsOf after = words.size() > 2 ? AsOfText.parse(words.get(2)) : new AsOf.Current();
    AsOf before = words.size() > 1 ? AsOfText.parse(words.get(1)) : previous(table, after);
    return table.difference(before, after);
  }

  private static AsOf previous(LakeTable table, AsOf after) {
    SnapshotInfo version = table.version(after);
    return version
        .parent()
        .map(AsOf.Snapshot::new)
        .orElseThrow(() ->
            Failure.input(
                "snapshot " + version.id() + " is the first version of " + table.name(),
                "there is nothing to compare it with; tarn history " + table.name()));
  }

  static List<String> key(Opened opened, TableName table) {
    return opened.project().models().stream()
        .filter(model -> model.table().equals(table))
        .map(ModelFile::settings)
        .map(settings -> settings.rowKey())
        .findFirst()
        .orElse(List.of());
  }
}
