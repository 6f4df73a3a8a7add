package dev.tarn.app.run;

import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.util.Optional;

/// How a table stands.
///
/// @param health `ok`, `late`, `failing` or `absent`
/// @param rows absent for views and tables that are not there
/// @param age since its content last changed or was found current
/// @param fresh how old it may be
/// @param note what a person should know
public record TableHealth(
    TableName table,
    String health,
    Optional<Long> rows,
    Optional<Duration> age,
    Optional<Duration> fresh,
    String note) {}
