package dev.tarn.bench.faults;

import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The menu of `./dev crash`: injects faults and prints one line of figures for each kind.
public final class Crash {
  private static final Path DISTRIBUTION = Path.of("app/target/tarn");

  private Crash() {}

  @FunctionalInterface
  private interface Harness {
    Figures run(Setting setting) throws InterruptedException, IOException;
  }

  /// @param rounds as many as were asked for; 0: as many as the kind has by itself
  /// @param scale of the shop; 0: a project with one source and two models, whose runs are shorter
  /// @param deed what is done meanwhile
  private record Setting(
      Tarn tarn, Path scratch, int rounds, double scale, String deed, long seed) {
    private static final int FILES = 7;

    int rounds(int usual) {
      return rounds > 0 ? rounds : usual;
    }

    Ground ground() {
      return ground(scratch);
    }

    Ground ground(Path place) {
      Sample sample = scale == 0 ? smallSample() : Sample.shop(scale);
      return ground(new Grounds(tarn, place, sample));
    }

    private Sample smallSample() {
      return switch (deed) {
        case "maintain" -> Sample.small(FILES);
        case "rollback",
            "rollback-table",
            "replay",
            "readmit",
            "merge",
            "drop",
            "undrop",
            "backfill" ->
            Sample.small(2);
        default -> Sample.small();
      };
    }

    private Ground ground(Grounds grounds) {
      return switch (deed) {
        case "first-run" -> grounds.run(false);
        case "run" -> grounds.run(true);
        case "rollback" -> grounds.rollbackOfRun();
        case "rollback-table" ->
            grounds.rollbackOf(TableName.parse(scale == 0 ? "bronze.items" : "bronze.orders"));
        case "maintain" -> grounds.maintain();
        case "replay" -> grounds.replay();
        case "readmit" -> grounds.readmit();
        case "merge" -> grounds.merge();
        case "drop" -> grounds.drop();
        case "undrop" -> grounds.undrop();
        case "backfill" -> grounds.backfill();
        default -> throw new IllegalArgumentException("knows no deed '" + deed + "'");
      };
    }

    Figures figures(String fault) {
      return new Figures(
          fault + ", " + deed + (scale == 0 ? " of a small project" : " of the shop"));
    }

    Setting of(String other) {
      return new Setting(tarn, scratch, rounds, scale, other, seed);
    }

    /// As few calls as can be, to try each of them.
    Setting small() {
      return new Setting(tarn, scratch, rounds, 0, deed, seed);
    }

    Shim shim() {
      return Shim.build(scratch.resolve("shim"))
          .orElseThrow(() -> new IllegalStateException("needs Linux and a C compiler (cc)"));
    }
  }

  private static Map<String, Harness> menu() {
    Map<String, Harness> menu = new TreeMap<>();
    menu.put("kill", Crash::kill);
    menu.put("together", Crash::together);
    menu.put("calls", Crash::calls);
    menu.put("disk", Crash::disk);
    menu.put("order", Crash::order);
    menu.put("power", Crash::power);
    menu.put("damage", Crash::damage);
    menu.put("committers", Crash::committers);
    menu.put("runs", Crash::runs);
    menu.put("replies", Crash::replies);
    return menu;
  }

  private static Figures kill(Setting setting) throws InterruptedException {
    return new KillAnywhere(setting.ground(), setting.seed(), setting.figures("SIGKILL"))
        .kills(setting.rounds(1000));
  }

  private static Figures together(Setting setting) throws InterruptedException {
    Ground ground = setting.of("maintain").ground();
    Figures figures = setting.figures("a run and two upkeeps at once");
    return new Together(ground, setting.seed(), figures).rounds(setting.rounds(100));
  }

  private static Figures calls(Setting given) {
    Setting setting = given.small();
    Figures figures = setting.figures("SIGKILL at calls");
    KillAtCall sweep = new KillAtCall(setting.ground(), setting.shim(), figures);
    sweep.sweep("fsync,rename", Shim.Does.KILL, 1, setting.rounds(1));
    sweep.sweep("fsync,rename", Shim.Does.KILL_AFTER, 1, setting.rounds(1));
    sweep.sweep("open,mkdir,unlink,truncate", Shim.Does.KILL, 1, setting.rounds(1));
    return sweep.sweep("write", Shim.Does.TEAR, 1, setting.rounds(1));
  }

  private static Figures disk(Setting given) {
    Setting setting = given.small();
    Ground ground = setting.ground();
    Shim shim = setting.shim();
    Figures figures = setting.figures("ENOSPC and EIO");
    KillAtCall count = new KillAtCall(ground, shim, figures);
    long writes = count.count("write,open,mkdir,truncate");
    new DiskFull(ground, shim, figures).noSpace(writes, 1, setting.rounds(3));
    long syncs = count.count("fsync");
    return new DiskFull(ground, shim, figures).failedSyncs(syncs, 1, setting.rounds(1));
  }

  private static Figures order(Setting setting) {
    Ground ground = setting.ground();
    Figures figures = setting.figures("order of syncs");
    ground.reset();
    Path log = setting.scratch.resolve("order.log");
    Path lake = OpenLake.folder(ground.project());
    ground.start(setting.shim().listening(lake, log)).end().requireWell();
    SyncOrder order = SyncOrder.of(ground.project(), log);
    figures.trial();
    order.violations().forEach(figures::unreadable);
    figures.note(
        "files named by the run " + order.files() + ", violations " + order.violations().size());
    return figures;
  }

  private static Figures power(Setting setting) throws InterruptedException, IOException {
    Figures figures = setting.figures("power cuts");
    try (PowerCut power = PowerCut.make(setting.scratch)) {
      Ground ground = setting.ground(power.folder());
      return PowerCut.trials(ground, power, setting.rounds(200), setting.seed(), figures);
    }
  }

  private static Figures damage(Setting setting) throws IOException {
    Ground ground = Ground.small(setting.tarn, setting.scratch, true);
    return new Damage(ground.project(), ground.expected(), 4, new Figures("damaged files"))
        .mutants(setting.rounds(5000));
  }

  private static Figures committers(Setting setting) {
    Path project = setting.scratch.resolve("project");
    return ManyCommitters.commits(
        setting.tarn,
        project,
        5,
        setting.rounds(200),
        new Figures("5 processes committing at once"));
  }

  private static Figures runs(Setting setting) {
    Ground ground = Ground.small(setting.tarn, setting.scratch, true);
    return ManyCommitters.runs(ground, setting.rounds(10), 5, new Figures("5 runs at once"));
  }

  private static Figures replies(Setting setting) {
    Ground ground = Ground.small(setting.tarn, setting.scratch, true);
    return new ReplyLost(ground, 6, new Figures("lost replies")).losses(setting.rounds(500));
  }

  public static void main(String[] words) throws InterruptedException, IOException {
    List<String> names = List.of(words).stream().filter(word -> !word.startsWith("-")).toList();
    Map<String, Harness> menu = menu();
    if (!menu.keySet().containsAll(names)) {
      System.err.println(
          "knows "
              + menu.keySet()
              + "; options: -n=ROUNDS -scale=0.01 (0: a project smaller than the shop) -at=FOLDER -seed=NUMBER"
              + " -deed=first-run | run | rollback | rollback-table | maintain | merge"
              + " | drop | undrop | replay | readmit | backfill (these three at -scale=0)");
      System.exit(2);
    }
    Map<String, String> options = options(words);
    Path scratch =
        options.containsKey("at")
            ? Path.of(options.get("at")).toAbsolutePath()
            : Files.createTempDirectory("tarn-crash");
    boolean well = true;
    for (String name : names.isEmpty() ? List.copyOf(menu.keySet()) : names) {
      Path place = scratch.resolve(name);
      Scratch.remove(place);
      Files.createDirectories(place);
      Setting setting =
          new Setting(
              Tarn.find(
                  Path.of(options.getOrDefault("dist", DISTRIBUTION.toString())).toAbsolutePath()),
              place,
              Integer.parseInt(options.getOrDefault("n", "0")),
              Double.parseDouble(options.getOrDefault("scale", "0.01")),
              options.getOrDefault("deed", "run"),
              Long.parseLong(options.getOrDefault("seed", "1")));
      Figures figures = menu.getOrDefault(name, _ -> new Figures(name)).run(setting);
      System.out.println(figures.line());
      well &= figures.well();
      if (figures.well()) {
        Scratch.remove(place);
      } else {
        System.out.println("What there is to look at is in " + place);
      }
    }
    System.exit(well ? 0 : 1);
  }

  private static Map<String, String> options(String[] words) {
    return List.of(words).stream()
        .filter(word -> word.startsWith("-") && word.contains("="))
        .collect(
            Collectors.toMap(
                word -> word.substring(1, word.indexOf('=')),
                word -> word.substring(word.indexOf('=') + 1)));
  }
}
