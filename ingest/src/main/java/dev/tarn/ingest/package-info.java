/// From outside to bronze: the Source port and the connectors; positions, drift and rejects.
@NullMarked
package dev.tarn.ingest;

import org.jspecify.annotations.NullMarked;
