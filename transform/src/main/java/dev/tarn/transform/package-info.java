/// From bronze to silver to gold: models, their graph and how each is refreshed.
@NullMarked
package dev.tarn.transform;

import org.jspecify.annotations.NullMarked;
