/// The syntax tree, made by the engine's own parser: parsing, dependencies, column lineage and what
/// a model may not do.
@NullMarked
package dev.tarn.sql;

import org.jspecify.annotations.NullMarked;
