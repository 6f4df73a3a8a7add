package dev.tarn.app.project;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Says of every problem with a text in which file the text stands.
public final class InFile {

  private InFile() {}

  /// Does the work; what fails within the text fails within the file.
  public static <T> T of(String file, Supplier<T> work) {
    try {
      return work.get();
    } catch (Failure failure) {
      throw new Failure(failure.remedy(), placed(failure.problems(), file), failure);
    }
  }

  /// The problems, each at its place in `file`.
  public static List<Problem> placed(List<Problem> problems, String file) {
    return problems.stream()
        .map(problem ->
            new Problem(problem.what(), Optional.of(place(problem.where(), file)), problem.fix()))
        .toList();
  }

  private static Location place(Optional<Location> where, String file) {
    return where
        .map(at -> at.file().isEmpty() ? new Location(file, at.line(), at.column()) : at)
        .orElseGet(() -> Location.file(file));
  }
}
