package dev.tarn.app.command;

import dev.tarn.app.project.Machine;
import dev.tarn.app.run.Opened;
import java.nio.file.Path;
import java.util.Map;

/// What the process was given by the system: taken once in `main`, handed to whoever needs it.
///
/// @param folder the current folder
/// @param variables the environment variables
public record Process(
    Path folder,
    Map<String, String> variables,
    Machine machine,
    Opened.Surroundings surroundings) {}
