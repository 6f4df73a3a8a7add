/// Writing a table's rows into other files without changing them.
@NullMarked
package dev.tarn.engine.upkeep;

import org.jspecify.annotations.NullMarked;
