/// What is happening: metrics, logs and alerts, heard from events.
@NullMarked
package dev.tarn.observe;

import org.jspecify.annotations.NullMarked;
