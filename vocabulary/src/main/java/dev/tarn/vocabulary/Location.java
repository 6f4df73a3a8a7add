package dev.tarn.vocabulary;

/// A place in a file of the project. Lines and columns count from 1; 0 means "not known".
///
/// @param file the path as the user would type it, from the project's folder
public record Location(String file, int line, int column) {

  /// The whole file.
  public static Location file(String file) {
    return new Location(file, 0, 0);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
