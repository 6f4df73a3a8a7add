/// The only room that knows all the others: project files, wiring and the command line.
@NullMarked
package dev.tarn.app;

import org.jspecify.annotations.NullMarked;
