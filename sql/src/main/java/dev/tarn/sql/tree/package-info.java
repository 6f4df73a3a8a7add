/// The syntax tree of one SELECT, as the engine's own parser made it: typed, immutable, and
/// complete.
@NullMarked
package dev.tarn.sql.tree;

import org.jspecify.annotations.NullMarked;
