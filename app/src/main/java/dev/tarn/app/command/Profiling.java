package dev.tarn.app.command;

import dev.tarn.app.ask.Question;
import dev.tarn.app.run.LazySession;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.AsOf;
import dev.tarn.quality.Profile;
import dev.tarn.quality.Profiler;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.TableName;
import java.util.function.BiConsumer;

/// Looks at all rows of a table, for the commands that show or use its profile.
final class Profiling {
  private final Opener opener;

  Profiling(Opener opener) {
    this.opener = opener;
  }

  /// Hands over the profile and, for further questions, what made it.
  int of(Invocation invocation, TableName table, BiConsumer<Profiler, Profile> use) {
    return opener.with(
        invocation,
        opened -> {
          try (LazySession session = opened.session();
              SqlParser parser = new SqlParser()) {
            new Question(opened, session, parser, new AsOf.Current())
                .ready("SELECT * FROM " + table.sql());
            try (EngineConnection connection = session.connect()) {
              Profiler profiler = new Profiler(connection);
              use.accept(profiler, profiler.profile(table));
            }
            return Command.WELL;
          }
        });
  }
}
