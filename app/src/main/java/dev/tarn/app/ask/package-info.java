/// Asking: a question's tables are found in the lake, made readable, and the answer is handed on.
@NullMarked
package dev.tarn.app.ask;

import org.jspecify.annotations.NullMarked;
