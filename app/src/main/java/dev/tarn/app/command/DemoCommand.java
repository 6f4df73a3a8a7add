package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes the shop, runs it and says where to look.
public final class DemoCommand implements Command {
  private final InitCommand init;
  private final RunCommand run;

  public DemoCommand(InitCommand init, RunCommand run) {
    this.init = init;
    this.run = run;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "demo",
        "Makes the shop, runs it, and prints where to look",
        "[DIR]",
        0,
        1,
        List.of(
            Option.value(
                "--scale", "N", "the size of the shop: 1 is about 100,000 orders; default: 0.1"),
            Option.value("--seed", "N", "another seed makes other data of the same kind")),
        "Works in DIR, by default tarn-demo in the current folder. Called again, it runs the same project again.",
        List.of("tarn demo", "tarn demo /tmp/big --scale 5"),
        "files");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    Path folder =
        invocation
            .folder()
            .resolve(invocation.words().isEmpty() ? "tarn-demo" : invocation.words().getFirst());
    Console console = invocation.console();
    if (!Files.exists(folder.resolve("tarn.yml"))) {
      InitCommand.requireEmpty(folder);
      console.news("making a shop in " + folder);
      init.writeShop(folder, InitCommand.scale(invocation, "0.1"), InitCommand.seed(invocation));
    }
    int status =
        run.run(
            new Invocation(
                folder, invocation.environment(), List.of(), invocation.options(), console));
    if (status == WELL) {
      where(console, folder);
    }
    return status;
  }

  private static void where(Console console, Path folder) {
    String at = "tarn -C " + folder + " ";
    console.line("");
    console.line("Where to look:");
    console.line("  " + at + "query \"FROM gold.daily_revenue ORDER BY ALL DESC LIMIT 10\"");
    console.line("  " + at + "query \"FROM system.checks WHERE failures > 0\"");
    console.line("  " + at + "query \"FROM bronze.orders__rejected\"");
    console.line("  " + at + "status");
    console.line("  " + at + "lineage gold.daily_revenue");
  }
}
