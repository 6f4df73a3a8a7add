/// Files into bronze: found, copied, made readable for the engine, landed, and remembered.
@NullMarked
package dev.tarn.ingest.files;

import org.jspecify.annotations.NullMarked;
