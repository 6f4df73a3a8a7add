/// The documentation is true.
@NullMarked
package dev.tarn.app.documentation;

import org.jspecify.annotations.NullMarked;
