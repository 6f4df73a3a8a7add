package dev.tarn.app;

import dev.tarn.app.command.BackfillCommand;
import dev.tarn.app.command.BranchCommand;
import dev.tarn.app.command.CheckCommand;
import dev.tarn.app.command.Command;
import dev.tarn.app.command.Commands;
import dev.tarn.app.command.CompletionCommand;
import dev.tarn.app.command.DemoCommand;
import dev.tarn.app.command.DiffCommand;
import dev.tarn.app.command.DoctorCommand;
import dev.tarn.app.command.DropCommand;
import dev.tarn.app.command.HistoryCommand;
import dev.tarn.app.command.InitCommand;
import dev.tarn.app.command.LineageCommand;
import dev.tarn.app.command.LogsCommand;
import dev.tarn.app.command.MaintainCommand;
import dev.tarn.app.command.MergeCommand;
import dev.tarn.app.command.Opener;
import dev.tarn.app.command.PlanCommand;
import dev.tarn.app.command.Process;
import dev.tarn.app.command.ProfileCommand;
import dev.tarn.app.command.QuarantineCommand;
import dev.tarn.app.command.QueryCommand;
import dev.tarn.app.command.ReplayCommand;
import dev.tarn.app.command.RollbackCommand;
import dev.tarn.app.command.RunCommand;
import dev.tarn.app.command.RunsCommand;
import dev.tarn.app.command.ScaffoldCommand;
import dev.tarn.app.command.ScrubCommand;
import dev.tarn.app.command.StatusCommand;
import dev.tarn.app.command.TestCommand;
import dev.tarn.app.command.UndropCommand;
import dev.tarn.app.run.Interrupts;
import java.util.ArrayList;
import java.util.List;

/// All commands, in the order in which help lists them: the one place where they are made.
final class Menu {

  private Menu() {}

  static Commands commands(Process process, Interrupts.Maker interrupts, String version) {
    Opener opener = new Opener(process);
    RunCommand run = new RunCommand(opener, interrupts);
    InitCommand init = new InitCommand(process);
    List<Command> all = new ArrayList<>();
    Commands commands = new Commands(process, version, all);
    all.add(init);
    all.add(new DemoCommand(init, run));
    all.add(new CheckCommand(opener));
    all.add(new PlanCommand(opener));
    all.add(run);
    all.add(new TestCommand(opener));
    all.add(new QueryCommand(opener));
    all.add(new StatusCommand(opener));
    all.add(new RunsCommand(opener));
    all.add(new LogsCommand(opener));
    all.add(new LineageCommand(opener));
    all.add(new HistoryCommand(opener));
    all.add(new DiffCommand(opener));
    all.add(new BranchCommand(opener));
    all.add(new MergeCommand(opener));
    all.add(new RollbackCommand(opener));
    all.add(new QuarantineCommand(opener, interrupts));
    all.add(new ReplayCommand(opener, interrupts));
    all.add(new BackfillCommand(opener, interrupts));
    all.add(new DropCommand(opener));
    all.add(new UndropCommand(opener));
    all.add(new ProfileCommand(opener));
    all.add(new ScaffoldCommand(opener));
    all.add(new MaintainCommand(opener, interrupts));
    all.add(new DoctorCommand(opener));
    all.add(new ScrubCommand(opener));
    all.add(new CompletionCommand(opener, commands::usages));
    return commands;
  }
}
