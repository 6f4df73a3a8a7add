/// Tables at rest: catalog, snapshots, staged runs, the publish, checksums and upkeep. The home of
/// Iceberg.
@NullMarked
package dev.tarn.lake;

import org.jspecify.annotations.NullMarked;
