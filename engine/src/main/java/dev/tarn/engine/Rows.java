package dev.tarn.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query's result held in memory.
///
/// Values are `Boolean`, `Integer`, `Long`, `BigInteger`, `Float`, `Double`, `BigDecimal`,
/// `String`, `LocalDate`, `LocalTime`, `LocalDateTime`, `OffsetDateTime` (in UTC), `UUID`,
/// `byte[]`, `List`, and `Map` (structs with names as keys in order; maps), or null.
///
/// @param truncated true when the query had more rows than were asked for
public record Rows(
    List<EngineColumn> columns, List<List<@Nullable Object>> rows, boolean truncated) {}
