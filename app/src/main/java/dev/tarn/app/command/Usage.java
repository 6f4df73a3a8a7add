package dev.tarn.app.command;

import java.util.List;

/// What a command is called and how it is used: the source of help, completion and checking.
///
/// @param name as typed
/// @param summary one line, beginning with a verb
/// @param words what follows the name, such as `[SELECT…]`
/// @param least the least number of words
/// @param most the most number of words
/// @param about what a newcomer needs to know, a few lines
/// @param examples command lines that teach, each with `# why`
/// @param completes what the words are: `tables`, `table` (one, then something else), `tests`,
///   `runs`, `branches`, `files`, `shells`, `scaffold` or nothing
public record Usage(
    String name,
    String summary,
    String words,
    int least,
    int most,
    List<Option> options,
    String about,
    List<String> examples,
    String completes) {}
