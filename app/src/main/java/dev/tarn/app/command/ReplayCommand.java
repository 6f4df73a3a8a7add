package dev.tarn.app.command;

import dev.tarn.app.plan.KnownSource;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.ReplayRequest;
import dev.tarn.app.run.ReplayRun;
import dev.tarn.app.run.ReplaySummary;
import dev.tarn.app.run.Replayed;
import dev.tarn.ingest.Replay;
import dev.tarn.ingest.ReplayScope;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads files again that were landed before, with the settings that their sources have now.
public final class ReplayCommand implements Command {
  private final Opener opener;
  private final Interrupts.Maker interrupts;

  public ReplayCommand(Opener opener, Interrupts.Maker interrupts) {
    this.opener = opener;
    this.interrupts = interrupts;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "replay",
        "Reads a source's files again, from the copies that were kept, with its settings of today",
        "SOURCE|TABLE…",
        1,
        1000,
        List.of(
            Option.flag("--all", "all files, also those read with today's settings"),
            Option.flag(
                "--rejected", "only files that have rejected lines, or were rejected whole"),
            Option.flag(
                "--keep-gone", "let rows of files of which no copy is left stay as they are"),
            Option.flag("--dry-run", "say what would be read again, and change nothing")),
        """
        By default those files are read again that were read with other settings than the source has now: its contract, separators,
        encoding and so on. What was made of them is replaced, their rejected lines too; rows of other files stay. Rows keep the
        time they first came in. All tables are judged by their checks and published in one transaction, or nothing changes. The
        next run refreshes what reads them.\
        """,
        List.of(
            "tarn replay bronze.orders               # after its contract changed, say",
            "tarn replay bronze.orders --rejected    # what could not be read before",
            "tarn replay orders clicks --all --dry-run"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    boolean dry = invocation.has("--dry-run");
    return opener.onSources(
        invocation,
        dry,
        (opened, sources) -> {
          ReplayRequest request = request(invocation, sources, opened.project());
          ReplayRun run = new ReplayRun(opened, RunCommand.events(invocation.console(), opened));
          if (dry) {
            new ReplayReport(run.plan(request), Optional.empty()).show(invocation.console());
            return WELL;
          }
          ReplaySummary summary = run.run(request, interrupts.make(invocation.console()::news));
          List<Replay> replays = summary.tables().stream().map(Replayed::replay).toList();
          new ReplayReport(replays, Optional.of(summary)).show(invocation.console());
          return summary.state() == RunState.SUCCEEDED ? WELL : FAILED;
        });
  }

  private static ReplayRequest request(
      Invocation invocation, List<KnownSource> sources, Project project) {
    Problems problems = new Problems();
    Set<KnownSource> chosen = new LinkedHashSet<>();
    for (String word : invocation.words()) {
      named(word, sources)
          .ifPresentOrElse(chosen::add, () -> problems.add(unknown(word, sources, project)));
    }
    if (invocation.has("--all") && invocation.has("--rejected")) {
      problems.add(Problem.of("--all and --rejected can't both be meant", "write one of them"));
    }
    problems.throwIfAny();
    ReplayScope scope =
        invocation.has("--all")
            ? ReplayScope.ALL
            : invocation.has("--rejected") ? ReplayScope.REJECTED : ReplayScope.OUTDATED;
    return new ReplayRequest(
        List.copyOf(chosen), scope, invocation.has("--keep-gone"), typed(invocation));
  }

  private static Optional<KnownSource> named(String word, List<KnownSource> sources) {
    return sources.stream()
        .filter(
            source -> source.table().toString().equals(word) || source.table().name().equals(word))
        .findFirst();
  }

  private static Problem unknown(String word, List<KnownSource> sources, Project project) {
    if (project.models().stream().anyMatch(model -> model.table().toString().equals(word))) {
      return Problem.of(
          word + " is made by a model, not read from files",
          "tarn run " + word + " --full makes it anew");
    }
    return Problem.of(
        "there is no source '" + word + "'",
        Suggestions.didYouMean(
            word, sources.stream().map(source -> source.table().toString()).toList()));
  }

  private static String typed(Invocation invocation) {
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(invocation.words());
    for (String option : List.of("--all", "--rejected", "--keep-gone")) {
      if (invocation.has(option)) {
        words.add(option);
      }
    }
    return String.join(" ", words);
  }
}
