package dev.tarn.app.project;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads a project from its folder.
public final class ProjectReader {
  private static final String MAIN_FILE = "tarn.yml";
  private static final Set<String> PERMITS = Set.of("files");

  private final Path folder;
  private final Optional<String> environment;
  private final Map<String, String> processEnvironment;
  private final Machine machine;
  private final Map<String, String> overrides;

  public ProjectReader(
      Path folder,
      Optional<String> environment,
      Map<String, String> processEnvironment,
      Machine machine) {
    this(folder, environment, processEnvironment, machine, Map.of());
  }

  private ProjectReader(
      Path folder,
      Optional<String> environment,
      Map<String, String> processEnvironment,
      Machine machine,
      Map<String, String> overrides) {
    this.folder = folder.toAbsolutePath().normalize();
    this.environment = environment;
    this.processEnvironment = processEnvironment;
    this.machine = machine;
    this.overrides = Map.copyOf(overrides);
  }

  /// Reads the same project with other values for some of its variables.
  public ProjectReader withVars(Map<String, String> others) {
    return new ProjectReader(folder, environment, processEnvironment, machine, others);
  }

  /// Reads `tests/`, which nothing but testing and checking needs. A file that holds nothing is
  /// left out.
  public List<TestFile> tests(Problems problems) {
    ProjectFolder files = new ProjectFolder(folder, problems);
    List<TestFile> tests = new ArrayList<>();
    for (String file : files.below("tests", List.of(".yml", ".yaml"))) {
      String text = files.text(file);
      Yaml.read(file, 0, text, problems)
          .ifPresent(content -> tests.add(new TestFile(file, text, content)));
    }
    return tests;
  }

  /// The names of the environments; none when there is no tarn.yml, or none that can be read.
  public List<String> environments() {
    Problems problems = new Problems();
    if (!Files.exists(folder.resolve(MAIN_FILE))) {
      return List.of();
    }
    String text = new ProjectFolder(folder, problems).text(MAIN_FILE);
    return Environments.names(mapping(Yaml.read(MAIN_FILE, 0, text, problems), problems));
  }

  /// Reads all files. What is wrong is added to `problems`; the result is then as complete as can
  /// be.
  ///
  /// @throws Failure when there is no tarn.yml
  public Project read(Problems problems) {
    ProjectFolder files = new ProjectFolder(folder, problems);
    if (!Files.exists(folder.resolve(MAIN_FILE))) {
      throw Failure.input(
          "there is no " + MAIN_FILE + " in " + folder,
          "go to a project's folder or name it with -C DIR; tarn init DIR makes a new one");
    }
    Node.Mapping written =
        mapping(Yaml.read(MAIN_FILE, 0, files.text(MAIN_FILE), problems), problems);
    Environments.check(written, problems);
    Node.Mapping chosen = Environments.lay(written, environment, problems);
    Variables variables = new Variables(vars(chosen, problems), processEnvironment, folder);
    Settings main =
        new Settings(
            (Node.Mapping) variables.fill(withoutEnvironments(chosen), problems), problems);
    return read(main, files, variables, problems);
  }

  private Project read(Settings main, ProjectFolder files, Variables variables, Problems problems) {
    main.node("vars");
    main.node("environments");
    DeclaredTables tables = new DeclaredTables(files, variables, problems);
    Project project =
        new Project(
            folder,
            // A file that holds nothing was told of already.
            main.entries().isEmpty() ? "" : main.requiredText("name"),
            environment.orElse(""),
            Optional.empty(),
            LakeSettings.read(main.block("lake"), folder),
            WorkSettings.read(main, folder, machine),
            MaintainSettings.read(main.block("maintain")),
            variables.vars(),
            allowed(main),
            tables.sources(),
            tables.models(),
            files.hash(environment.orElse("")));
    main.done();
    return project;
  }

  private static Set<String> allowed(Settings main) {
    Set<String> allowed = new TreeSet<>(main.texts("allow"));
    allowed.stream()
        .filter(permit -> !PERMITS.contains(permit))
        .forEach(
            permit -> main.problem("allow", "'" + permit + "' can't be allowed", "known: files"));
    return allowed;
  }

  private static Node.Mapping withoutEnvironments(Node.Mapping project) {
    List<Node.Entry> kept =
        project.entries().stream().filter(entry -> !entry.key().equals("environments")).toList();
    return new Node.Mapping(project.at(), kept);
  }

  private static Node.Mapping mapping(Optional<Node> node, Problems problems) {
    Location top = new Location(MAIN_FILE, 1, 1);
    if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
      return mapping;
    }
    if (problems.isEmpty()) {
      problems.add(top, "tarn.yml must be keys and values", "begin with  name: my_project");
    }
    return new Node.Mapping(top, List.of());
  }

  /// Variables may use the process environment and files, not each other.
  private Map<String, String> vars(Node.Mapping project, Problems problems) {
    Variables outer = new Variables(Map.of(), processEnvironment, folder);
    Map<String, String> vars = new LinkedHashMap<>();
    for (Node.Entry entry : project.entries()) {
      if (!entry.key().equals("vars")) {
        continue;
      }
      for (Node.Entry var : Settings.block(entry.value(), problems).entries()) {
        if (outer.fill(var.value(), problems) instanceof Node.Scalar scalar) {
          vars.put(var.key(), scalar.text());
        } else {
          problems.add(var.at(), "the variable '" + var.key() + "' must be a single value", "");
        }
      }
    }
    vars.putAll(overrides);
    return vars;
  }
}
