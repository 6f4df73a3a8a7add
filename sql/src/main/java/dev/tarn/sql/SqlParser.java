package dev.tarn.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlText;
import dev.tarn.sql.tree.TreeReader;
import dev.tarn.vocabulary.Failure;
import java.sql.SQLException;

/// Parses SQL with the engine's own parser, so that what is checked is what is executed. Safe for
/// many threads.
public final class SqlParser implements AutoCloseable {
  private static final int DEEPEST_JSON = 20_000;

  private final DeepThread thread = new DeepThread();
  private final ParserConnection connection = new ParserConnection();
  private final ObjectMapper json = new ObjectMapper(factory());

  private static JsonFactory factory() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST_JSON)
            .maxStringLength(4 * StatementShape.LARGEST_BYTES)
            .build();
    return JsonFactory.builder().streamReadConstraints(limits).build();
  }

  /// Parses one SELECT. Fails with the line and column for anything else.
  public Query parse(String sql) {
    SqlText text = new SqlText(sql);
    StatementShape shape = new StatementShape(text);
    shape.check();
    return thread.run(() -> read(text, shape));
  }

  /// The query as SQL again, made from its tree: equal in meaning, without comments and layout.
  public String render(Query query) {
    String tree =
        json.createObjectNode()
            .put("error", false)
            .set("statements", json.createArrayNode().add(query.statement()))
            .toString();
    return thread.run(() -> connection.ask("SELECT json_deserialize_sql(?::JSON)", tree));
  }

  private Query read(SqlText text, StatementShape shape)
      throws SQLException, JsonProcessingException {
    JsonNode answer =
        json.readTree(connection.ask("SELECT json_serialize_sql(?::VARCHAR)", text.text()));
    if (answer.path("error").booleanValue()) {
      throw refusal(answer, text, shape);
    }
    JsonNode statements = answer.path("statements");
    if (statements.size() != 1) {
      throw Failure.bug(
          "the parser found " + statements.size() + " statements where there is one",
          new IllegalStateException());
    }
    JsonNode statement = statements.path(0);
    QueryBody body = new TreeReader(text).body(statement.path("node"));
    return new Query(text, statement, body);
  }

  private static Failure refusal(JsonNode answer, SqlText text, StatementShape shape) {
    String message = answer.path("error_message").asText("the query can't be parsed");
    if (answer.path("error_type").asText().equals("not implemented")) {
      return shape.notSerializable(message);
    }
    int offset = answer.path("position").asInt(0);
    return StatementShape.failure(text.atByte(offset), message, "");
  }

  @Override
  public void close() {
    thread.run(() -> {
      connection.close();
      return true;
    });
    thread.close();
  }
}
