/// What a person or a program reads: tables, JSON, colours and progress.
@NullMarked
package dev.tarn.app.terminal;

import org.jspecify.annotations.NullMarked;
