/// The nouns every room shares: names, schemas, runs, events and failures. Leans on nothing but the
/// JDK.
@NullMarked
package dev.tarn.vocabulary;

import org.jspecify.annotations.NullMarked;
