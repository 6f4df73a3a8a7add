/// What a project means: its graph, the columns of every table, and what a run would have to do.
@NullMarked
package dev.tarn.app.plan;

import org.jspecify.annotations.NullMarked;
