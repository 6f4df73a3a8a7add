package dev.tarn.app.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.tools.ToolProvider;

/// Finds methods that are too long, with the compiler's own parser.
final class MethodLengths {
  private MethodLengths() {}

  static List<String> above(int ceiling, Collection<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, _ -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
      var positions = Trees.instance(task).getSourcePositions();
      var found = new ArrayList<String>();
      for (CompilationUnitTree file : task.parse()) {
        new Scanner(file, positions, ceiling).scan(file, found);
      }
      return found;
    }
  }

  private static final class Scanner extends TreeScanner<Void, List<String>> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final int ceiling;

    Scanner(CompilationUnitTree file, SourcePositions positions, int ceiling) {
      this.file = file;
      this.positions = positions;
      this.ceiling = ceiling;
    }

    @Override
    public Void visitMethod(MethodTree method, List<String> found) {
      if (method.getBody() != null) {
        LineMap lines = file.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(file, method.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(file, method.getBody()));
        if (last - first - 1 > ceiling) {
          found.add(
              Path.of(file.getSourceFile().toUri()).getFileName()
                  + ":"
                  + first
                  + " "
                  + method.getName()
                  + " has "
                  + (last - first - 1)
                  + " lines");
        }
      }
      return super.visitMethod(method, found);
    }
  }
}
