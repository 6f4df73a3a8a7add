/// Tests of the example shop.
@NullMarked
package dev.tarn.app.shop;

import org.jspecify.annotations.NullMarked;
