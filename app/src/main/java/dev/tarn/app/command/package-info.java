/// The command line: words in, exit status out. Each command is one class.
@NullMarked
package dev.tarn.app.command;

import org.jspecify.annotations.NullMarked;
