package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public or protected symbol has a documentation comment. That comments are well formed and
 * their references exist, the compiler checks.
 */
final class DocumentationTest {
  private static final List<String> MODULES = List.of("engine", "autodiff", "nn", "bench");

  @Test
  void everyPublicSymbolIsDocumented() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThanOrEqualTo(MODULES.size());
    assertThat(undocumented(sources)).isEmpty();
  }

  @Test
  void findsWhatIsNotDocumented(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
    Path source = folder.resolve("Sample.java");
    Files.writeString(
        source,
        """
        public record Sample(int a) {
          public static final int BARE = 1;
          /** Documented. */
          public static final int FINE = 2;
          static int hidden;
          public void bare() {}
          @Override public String toString() { return ""; }
          private static final class Inner { public void free() {} }
          public enum Kind { ONE }
          interface Hidden { void free(); }
        }
        """);
    assertThat(undocumented(List.of(source)))
        .extracting(symbol -> symbol.substring(symbol.lastIndexOf(": ") + 2))
        .containsExactly("Sample", "BARE", "bare", "Kind", "ONE");
  }

  private static List<String> undocumented(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var files =
        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources);
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, files);
    List<String> found = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(DocTrees.instance(task), found).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Visits what is visible outside its package and notes what has no comment. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<String> found;

    Scanner(DocTrees trees, List<String> found) {
      this.trees = trees;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean inherits =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      // A record's compact constructor is documented by the record itself.
      boolean ofRecord = method.getReturnType() == null && parentKind() == Tree.Kind.RECORD;
      if (isVisible(method.getModifiers()) && !inherits && !ofRecord) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (isVisible(field.getModifiers())) {
        check(field.getName().toString());
      }
      return null;
    }

    /** Members of a visible interface are public without saying so; an enum's constants too. */
    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      Tree.Kind parent = parentKind();
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || ((parent == Tree.Kind.INTERFACE || parent == Tree.Kind.ANNOTATION_TYPE)
              && !flags.contains(Modifier.PRIVATE));
    }

    private Tree.Kind parentKind() {
      TreePath parent = getCurrentPath().getParentPath();
      return parent == null ? Tree.Kind.COMPILATION_UNIT : parent.getLeaf().getKind();
    }

    private void check(String name) {
      if (trees.getDocComment(getCurrentPath()) == null) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long line =
            unit.getLineMap()
                .getLineNumber(
                    trees.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf()));
        found.add(unit.getSourceFile().getName() + ":" + line + ": " + name);
      }
    }
  }
}
