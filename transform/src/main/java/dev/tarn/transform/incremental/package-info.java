/// Refreshing a table by the rows that changed in what it is made of.
@NullMarked
package dev.tarn.transform.incremental;

import org.jspecify.annotations.NullMarked;
