/// The syntax tree: parsing, dependencies, column lineage and rewriting.
@NullMarked
package dev.tarn.sql;

import org.jspecify.annotations.NullMarked;
