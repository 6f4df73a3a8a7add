/// Settings as people write them, with the place of every value, so that a room can read its own
/// and say what is wrong.
@NullMarked
package dev.tarn.vocabulary.settings;

import org.jspecify.annotations.NullMarked;
