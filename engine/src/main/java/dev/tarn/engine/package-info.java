/// Running SQL over the lake: the Engine port, and DuckDB in this process. The home of DuckDB.
@NullMarked
package dev.tarn.engine;

import org.jspecify.annotations.NullMarked;
