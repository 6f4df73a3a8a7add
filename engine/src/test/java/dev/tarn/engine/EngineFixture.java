package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What the contracts of an engine are written with. A new engine is proven by one subclass of each
/// contract that says how to make it.
abstract class EngineFixture {
  protected static final TableName ORDERS = TableName.parse("silver.orders");

  @TempDir protected Path folder;
  protected Engine engine;
  protected EngineSession session;
  protected EngineConnection connection;

  protected abstract Engine engine(EngineSettings settings);

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    engine =
        engine(
            new EngineSettings(
                new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(4L << 30)));
    session = engine.open();
    connection = session.connect();
  }

  @AfterEach
  void close() {
    connection.close();
    session.close();
    engine.close();
    assertThat(folder.resolve("tmp"))
        .satisfiesAnyOf(
            tmp -> assertThat(tmp).doesNotExist(), tmp -> assertThat(tmp).isEmptyDirectory());
  }

  protected WriteTarget target(Column... columns) {
    AtomicInteger ids = new AtomicInteger(columns.length);
    List<FieldNode> fields = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      fields.add(field(i + 1, columns[i], ids));
    }
    return new WriteTarget(
        ORDERS, folder.resolve("data"), fields, List.of(), List.of(), 128L << 20);
  }

  /// Ids as Iceberg gives them: a level at a time.
  protected static FieldNode field(int id, Column column, AtomicInteger ids) {
    List<Column> parts =
        switch (column.type()) {
          case Type.Primitive _, Type.Decimal _ -> List.of();
          case Type.Struct(List<Column> fields) -> fields;
          case Type.ListOf(Type element) -> List.of(Column.of("element", element));
          case Type.MapOf(Type key, Type held) ->
              List.of(new Column("key", key, true), Column.of("value", held));
        };
    List<Integer> own = parts.stream().map(_ -> ids.incrementAndGet()).toList();
    List<FieldNode> children = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      children.add(field(own.get(i), parts.get(i), ids));
    }
    return new FieldNode(id, column.name(), column.type(), column.required(), children);
  }

  protected static Scan scan(WriteTarget target, List<WrittenFile> files) {
    List<ScanFile> read =
        files.stream()
            .map(file ->
                new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c())))
            .toList();
    return new Scan(target.table(), 1, target.columns(), read, Matching.NAMES);
  }

  protected Object value(String sql) {
    return connection.query(sql, 1).rows().get(0).get(0);
  }

  protected List<Path> dataFiles() {
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      return all.filter(path -> !path.equals(folder.resolve("data"))).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  protected static Failure failure(Runnable work) {
    Failure failure = catchThrowableOfType(Failure.class, work::run);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  protected static Problem only(Failure failure, Remedy remedy) {
    assertThat(failure.remedy()).as(failure.getMessage()).isEqualTo(remedy);
    assertThat(failure.problems()).hasSize(1);
    return failure.problems().get(0);
  }
}
