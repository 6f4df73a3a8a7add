package dev.tarn.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import dev.tarn.vocabulary.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows some rows of a query as JSON objects, cut to what a person reads.
final class Samples {
  private static final int ELEMENTS = 20;
  private static final int DEPTH = 5;

  private final EngineConnection connection;
  private final AuditSettings settings;
  private final JsonMapper json = JsonMapper.builder().build();

  Samples(EngineConnection connection, AuditSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  List<String> of(String sql) {
    Rows rows = connection.query(sql + " LIMIT " + settings.samples(), settings.samples());
    List<String> shown = new ArrayList<>();
    for (List<@Nullable Object> row : rows.rows()) {
      shown.add(text(rows, row));
    }
    return shown;
  }

  private String text(Rows rows, List<@Nullable Object> row) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(row.size(), settings.sampleColumns()); i++) {
      object.put(rows.columns().get(i).name(), shown(row.get(i), 0));
    }
    try {
      return json.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw Failure.bug("a sample row can't be written as JSON", e);
    }
  }

  private @Nullable Object shown(@Nullable Object value, int depth) {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case Double number when !Double.isFinite(number) -> number.toString();
      case Float number when !Float.isFinite(number) -> number.toString();
      case BigDecimal number when number.precision() > 15 -> number.toPlainString();
      case BigInteger number -> number.toString();
      case Number number -> number;
      case byte[] bytes ->
          cut(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, settings.sampleText())));
      case List<?> list when depth < DEPTH -> list(list, depth);
      case Map<?, ?> map when depth < DEPTH -> map(map, depth);
      default -> cut(value.toString());
    };
  }

  private List<@Nullable Object> list(List<?> list, int depth) {
    List<@Nullable Object> shown = new ArrayList<>();
    list.stream().limit(ELEMENTS).forEach(element -> shown.add(shown(element, depth + 1)));
    return shown;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    map.entrySet().stream()
        .limit(ELEMENTS)
        .forEach(entry ->
            shown.put(cut(String.valueOf(entry.getKey())), shown(entry.getValue(), depth + 1)));
    return shown;
  }

  private String cut(String text) {
    if (text.length() <= settings.sampleText()) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(settings.sampleText() - 1))
            ? settings.sampleText() - 1
            : settings.sampleText();
    return text.substring(0, end) + "…";
  }
}
