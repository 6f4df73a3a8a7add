/// Tables at rest: catalog, layers, snapshots, branches, publishing and upkeep.
@NullMarked
package dev.tarn.lake;

import org.jspecify.annotations.NullMarked;
