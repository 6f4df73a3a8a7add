package dev.tarn.app.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values as JSON: maps, lists, texts, numbers, truth values, times as ISO 8601, bytes as hex.
/// Exact decimals and whole numbers of more than 15 digits are texts, since most readers of JSON
/// would round them.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int EXACT_DIGITS = 15;

  private Json() {}

  public static String text(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw Failure.bug("a value could not be written as JSON", e);
    }
    return text.toString();
  }

  /// Writes a value where the generator stands.
  public static void write(JsonGenerator to, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> to.writeNull();
      case Map<?, ?> map -> writeMap(to, map);
      case List<?> list -> writeList(to, list);
      case Optional<?> optional -> write(to, optional.orElse(null));
      case Boolean truth -> to.writeBoolean(truth);
      case Integer number -> to.writeNumber(number);
      case Long number -> writeWhole(to, BigInteger.valueOf(number));
      case BigInteger number -> writeWhole(to, number);
      case BigDecimal number -> writeDecimal(to, number);
      case Double number -> writeDouble(to, number);
      case Float number -> writeDouble(to, Double.parseDouble(number.toString()));
      case byte[] bytes -> to.writeString(HexFormat.of().formatHex(bytes));
      default -> to.writeString(value.toString());
    }
  }

  private static void writeMap(JsonGenerator to, Map<?, ?> map) throws IOException {
    to.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      to.writeFieldName(String.valueOf(entry.getKey()));
      write(to, entry.getValue());
    }
    to.writeEndObject();
  }

  private static void writeList(JsonGenerator to, List<?> list) throws IOException {
    to.writeStartArray();
    for (Object item : list) {
      write(to, item);
    }
    to.writeEndArray();
  }

  private static void writeWhole(JsonGenerator to, BigInteger number) throws IOException {
    if (number.abs().toString().length() > EXACT_DIGITS) {
      to.writeString(number.toString());
    } else {
      to.writeNumber(number);
    }
  }

  private static void writeDecimal(JsonGenerator to, BigDecimal number) throws IOException {
    if (number.precision() > EXACT_DIGITS) {
      to.writeString(number.toPlainString());
    } else {
      to.writeNumber(number.toPlainString());
    }
  }

  private static void writeDouble(JsonGenerator to, double number) throws IOException {
    if (Double.isFinite(number)) {
      to.writeNumber(number);
    } else {
      to.writeString(Double.toString(number));
    }
  }
}
