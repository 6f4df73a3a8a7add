/// The metadata database: SQLite or PostgreSQL, migrations and transactions.
@NullMarked
package dev.tarn.store;

import org.jspecify.annotations.NullMarked;
