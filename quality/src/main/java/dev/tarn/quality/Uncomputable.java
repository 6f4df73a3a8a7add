package dev.tarn.quality;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells which check could not be computed, where it stands and what value broke it: the engine
/// knows only that one of several questions, asked in one query, could not be answered.
final class Uncomputable {
  private static final String FIX =
      "leave such values out: TRY_CAST is NULL where CAST fails, and 'where' chooses the rows to judge";

  private Uncomputable() {}

  /// The failure of this check; a failure that has nothing to do with what the check says stays as
  /// it is.
  static Failure of(DeclaredCheck declared, Failure failure) {
    if (failure.remedy() != Remedy.FIX_DATA) {
      return failure;
    }
    return new Failure(
        Remedy.FIX_DATA,
        failure.problems().stream().map(problem -> placed(declared, problem)).toList(),
        failure);
  }

  private static Problem placed(DeclaredCheck declared, Problem problem) {
    return Problem.at(
        place(declared),
        "the check '" + declared.name() + "' can't be computed: " + problem.what(),
        problem.fix().isEmpty() ? FIX : problem.fix());
  }

  private static Location place(DeclaredCheck declared) {
    if (declared.check() instanceof RowCheck.Sql(SqlAt query)) {
      return query.at();
    }
    return declared.where().map(SqlAt::at).orElse(declared.at());
  }

  /// The failure of the first of the checks that can't be asked alone; the given one when all can.
  static Failure first(Iterable<DeclaredCheck> checks, Consumer<DeclaredCheck> ask, Failure given) {
    if (given.remedy() != Remedy.FIX_DATA) {
      return given;
    }
    for (DeclaredCheck declared : checks) {
      Optional<Failure> failure = failure(() -> ask.accept(declared));
      if (failure.isPresent()) {
        return of(declared, failure.get());
      }
    }
    return given;
  }

  static Optional<Failure> failure(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure);
    }
  }
}
