package dev.tarn.app.run;

import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.Source;
import java.util.Optional;

/// Has a run's sources land their rows, in a session beside the models' that is open while at least
/// one source is at work: afterwards all the memory is the models'.
final class Landings {
  private final LazySession main;
  private final LandingContext context;
  private Optional<LazySession> session = Optional.empty();
  private int atWork;

  Landings(LazySession main, LandingContext context) {
    this.main = main;
    this.context = context;
  }

  /// Lands what a source has that is new.
  Landing of(Source source) {
    EngineSession opened = enter();
    try {
      return source.land(context.with(opened));
    } finally {
      leave();
    }
  }

  private synchronized EngineSession enter() {
    atWork++;
    LazySession opened = session.orElseGet(main::beside);
    session = Optional.of(opened);
    return opened;
  }

  private synchronized void leave() {
    atWork--;
    if (atWork == 0) {
      session.ifPresent(LazySession::close);
      session = Optional.empty();
    }
  }
}
