/// Keeping every version of a model's rows.
@NullMarked
package dev.tarn.transform.history;

import org.jspecify.annotations.NullMarked;
