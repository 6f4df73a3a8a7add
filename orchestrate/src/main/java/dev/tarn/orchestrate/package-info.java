/// When and in what order: plans, runs, steps and retries.
@NullMarked
package dev.tarn.orchestrate;

import org.jspecify.annotations.NullMarked;
