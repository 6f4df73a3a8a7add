package dev.tarn.lake;

import dev.tarn.store.CommitOutcomeUnknown;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.apache.iceberg.exceptions.ValidationException;

/// Says in Tarn's words what went wrong inside Iceberg or on the disk.
final class LakeFailures {

  private LakeFailures() {}

  /// @param doing what was going on, as in `staging silver.orders`
  static RuntimeException of(RuntimeException error, String doing) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case Failure failure -> {
          return failure;
        }
        case CommitOutcomeUnknown unknown -> {
          return unknown;
        }
        case IOException io -> {
          return of(io, doing);
        }
        default -> {}
      }
    }
    if (error instanceof ValidationException || error instanceof IllegalArgumentException) {
      return new Failure(
          dev.tarn.vocabulary.Remedy.FIX_INPUT,
          dev.tarn.vocabulary.Problem.of(doing + ": " + error.getMessage(), ""),
          error);
    }
    return Failure.bug(doing + ": " + error, error);
  }

  static Failure of(IOException error, String doing) {
    String file =
        error instanceof FileSystemException system && system.getFile() != null
            ? system.getFile()
            : "";
    String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return Failure.retry(
          doing + ": the disk is full",
          "free some space and run again: nothing was changed",
          error);
    }
    if (error instanceof AccessDeniedException
        || text.contains("read-only file system")
        || text.contains("permission denied")) {
      return new Failure(
          dev.tarn.vocabulary.Remedy.FIX_INPUT,
          dev.tarn.vocabulary.Problem.of(
              doing + ": " + file + " can't be written",
              "check the rights of lake.warehouse, or read only"),
          error);
    }
    if (error instanceof NoSuchFileException) {
      return new Failure(
          dev.tarn.vocabulary.Remedy.FIX_DATA,
          dev.tarn.vocabulary.Problem.of(
              doing + ": the file " + file + " is missing", "restore it from a backup"),
          error);
    }
    return Failure.retry(
        doing + ": " + error.getMessage(),
        "check the disk and run again: nothing was changed",
        error);
  }
}
