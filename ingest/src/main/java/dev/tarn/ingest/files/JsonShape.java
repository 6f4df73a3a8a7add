package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was seen at one place of many JSON documents, and so the type that holds all of it without
/// loss: numbers, truth values, texts, objects and lists keep theirs; different kinds in one place
/// become text, written as they stood.
final class JsonShape {
  private static final int MOST_FIELDS = 300;
  private static final int DEEPEST = 24;
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final Map<String, JsonShape> fields = new LinkedHashMap<>();
  private final Map<String, JsonShape> anyCase = new LinkedHashMap<>();
  private final List<JsonShape> ordered = new ArrayList<>();
  private final String name;
  private final byte[] key;
  private final byte[] quotedKey;
  private Optional<JsonShape> element = Optional.empty();
  private boolean renames;

  private long booleans;
  private long integers;
  private long fractions;
  private long unwieldy;
  private long texts;
  private long objects;
  private long lists;
  private boolean large;

  /// The object in which the field was last seen, to notice it twice.
  long seen;

  private JsonShape(String name, byte[] key) {
    this.name = name;
    this.key = key;
    this.quotedKey = quoted(key);
  }

  /// As it stands in documents; nothing when it has to be escaped there.
  private static byte[] quoted(byte[] key) {
    for (byte b : key) {
      if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
        return new byte[0];
      }
    }
    byte[] quoted = new byte[key.length + 2];
    quoted[0] = '"';
    System.arraycopy(key, 0, quoted, 1, key.length);
    quoted[key.length + 1] = '"';
    return quoted;
  }

  static JsonShape root() {
    return new JsonShape("", new byte[0]);
  }

  /// What the field is called in the table.
  String name() {
    return name;
  }

  boolean isCalled(byte[] bytes, int from, int to) {
    return java.util.Arrays.equals(key, 0, key.length, bytes, from, to);
  }

  /// The place behind this key, when it stands at `from`; otherwise 0.
  int passedAt(byte[] bytes, int from, int end) {
    int to = from + quotedKey.length;
    return to <= end
            && to > from
            && java.util.Arrays.equals(quotedKey, 0, quotedKey.length, bytes, from, to)
        ? to
        : 0;
  }

  /// How many keys were seen here, each spelling for itself.
  int spellings() {
    return fields.size();
  }

  int fieldCount() {
    return ordered.size();
  }

  JsonShape fieldAt(int index) {
    return ordered.get(index);
  }

  List<JsonShape> fields() {
    return List.copyOf(ordered);
  }

  /// The field of that name; made when it is new. Names that differ by case only are one field.
  JsonShape field(String written, boolean atRoot) {
    JsonShape known = fields.get(written);
    if (known != null) {
      return known;
    }
    String wanted = tableName(written, atRoot);
    JsonShape sibling = anyCase.get(wanted.toLowerCase(Locale.ROOT));
    if (sibling == null) {
      sibling = new JsonShape(wanted, written.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      anyCase.put(wanted.toLowerCase(Locale.ROOT), sibling);
      ordered.add(sibling);
    }
    renames |= !sibling.name.equals(written);
    fields.put(written, sibling);
    return sibling;
  }

  private static String tableName(String written, boolean atRoot) {
    String name = written.isEmpty() ? "_" : written;
    return atRoot && Provenance.has(name) ? name + "_2" : name;
  }

  JsonShape element() {
    if (element.isEmpty()) {
      element = Optional.of(new JsonShape("element", new byte[0]));
    }
    return element.get();
  }

  void sawBoolean(int times) {
    booleans += times;
  }

  /// @param times may be -1, to take a sight back; how large it was is then not forgotten
  void sawInteger(long value, int times) {
    integers += times;
    if (isLarge(value)) {
      large = true;
    }
  }

  /// Whether a double may not hold it exactly.
  static boolean isLarge(long value) {
    return value > EXACT_IN_DOUBLE || value < -EXACT_IN_DOUBLE;
  }

  void sawFraction(int times) {
    fractions += times;
  }

  /// A number that neither 64 bits nor a double hold exactly.
  void sawUnwieldy(int times) {
    unwieldy += times;
  }

  void sawText(int times) {
    texts += times;
  }

  void sawObject(int times) {
    objects += times;
  }

  void sawList(int times) {
    lists += times;
  }

  /// Adds what another shape saw.
  void join(JsonShape other, boolean atRoot) {
    booleans += other.booleans;
    integers += other.integers;
    fractions += other.fractions;
    unwieldy += other.unwieldy;
    texts += other.texts;
    objects += other.objects;
    lists += other.lists;
    large |= other.large;
    Set<JsonShape> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    other.fields.forEach((written, shape) -> {
      JsonShape mine = field(written, atRoot);
      // Two spellings of one field share one shape, which counts once.
      if (joined.add(shape)) {
        mine.join(shape, false);
      }
    });
    other.element.ifPresent(shape -> element().join(shape, false));
  }

  /// The columns of documents of this shape.
  List<Column> columns() {
    return ordered.stream().map(field -> Column.of(field.name, field.type(1))).toList();
  }

  Type type(int depth) {
    if (kinds() != 1 || unwieldy > 0) {
      return Primitive.VARCHAR;
    }
    if (booleans > 0) {
      return Primitive.BOOLEAN;
    }
    if (fractions > 0) {
      return large ? Primitive.VARCHAR : Primitive.DOUBLE;
    }
    if (integers > 0) {
      return Primitive.BIGINT;
    }
    if (objects > 0) {
      return isStruct(depth) ? new Type.Struct(nested(depth)) : Primitive.VARCHAR;
    }
    if (lists > 0 && depth < DEEPEST) {
      return new Type.ListOf(element.map(shape -> shape.type(depth + 1)).orElse(Primitive.VARCHAR));
    }
    return Primitive.VARCHAR;
  }

  private List<Column> nested(int depth) {
    return ordered.stream().map(field -> Column.of(field.name, field.type(depth + 1))).toList();
  }

  private boolean isStruct(int depth) {
    return depth < DEEPEST && !ordered.isEmpty() && ordered.size() <= MOST_FIELDS;
  }

  private int kinds() {
    return (booleans > 0 ? 1 : 0)
        + (integers + fractions + unwieldy > 0 ? 1 : 0)
        + (texts > 0 ? 1 : 0)
        + (objects > 0 ? 1 : 0)
        + (lists > 0 ? 1 : 0);
  }

  /// Whether values here are to become text although some are none, or none that the engine writes
  /// as they stood.
  boolean isWrittenAsText(Type as) {
    return as == Primitive.VARCHAR && (fractions + unwieldy + objects + lists > 0);
  }

  /// Whether documents of this shape must be written anew before they are read as `as`.
  boolean needsRewriting(Type as) {
    if (isWrittenAsText(as)) {
      return true;
    }
    return switch (as) {
      case Type.Struct(List<Column> columns) -> needsRewriting(columns);
      case Type.ListOf(Type inner) ->
          element.filter(shape -> shape.needsRewriting(inner)).isPresent();
      case Type.MapOf _, Type.Primitive _, Type.Decimal _ -> false;
    };
  }

  /// As [#needsRewriting(Type)], for the fields of an object.
  boolean needsRewriting(List<Column> columns) {
    return renames
        || columns.stream()
            .anyMatch(column -> {
              JsonShape field = anyCase.get(column.name().toLowerCase(Locale.ROOT));
              return field != null
                  && (!field.name.equals(column.name()) || field.needsRewriting(column.type()));
            });
  }
}
