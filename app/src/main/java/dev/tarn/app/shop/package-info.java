/// The example shop: a seeded generator of realistic, dirty shop data, and the project that cleans
/// it.
@NullMarked
package dev.tarn.app.shop;

import org.jspecify.annotations.NullMarked;
