/// How a change of a query's inputs changes its result: what to compute of it, and what forces a
/// recompute.
@NullMarked
package dev.tarn.sql.change;

import org.jspecify.annotations.NullMarked;
