/// Is it true: checks, verdicts, quarantine and profiles.
@NullMarked
package dev.tarn.quality;

import org.jspecify.annotations.NullMarked;
