package dev.tarn.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    return render(query.statement());
  }

  /// A query body as SQL, made from the parser's own form of it.
  public String renderBody(JsonNode body) {
    ObjectNode statement = json.createObjectNode();
    statement.set("node", body);
    statement.set("named_param_map", json.createArrayNode());
    return render(statement);
  }

  /// An expression as SQL without its alias, made from the parser's own form of it.
  public String renderExpression(JsonNode expression) {
    return expressionText(expression);
  }

  private String render(JsonNode statement) {
    ObjectNode answer = json.createObjectNode().put("error", false);
    answer.set("statements", json.createArrayNode().add(statement));
    String tree = answer.toString();
    return thread.run(() -> connection.ask("SELECT json_deserialize_sql(?::JSON)", tree));
  }

  /// An expression as the engine writes it, which is also how it names a column made of it.
  private String expressionText(JsonNode expression) {
    ObjectNode statement = parse("SELECT 1").statement().deepCopy();
    JsonNode bare = ((ObjectNode) expression.deepCopy()).put("alias", "");
    ((ObjectNode) statement.path("node")).set("select_list", json.createArrayNode().add(bare));
    return render(statement).substring("SELECT ".length());
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
      throw shape.notOneStatement(statements.size());
    }
    JsonNode statement = statements.path(0);
    QueryBody body = new TreeReader(text).body(statement.path("node"));
    return new Query(text, statement, body, this::expressionText);
  }

  private static Failure refusal(JsonNode answer, SqlText text, StatementShape shape) {
    String message = answer.path("error_message").asText("the query can't be parsed");
    if (answer.path("error_type").asText().equals("not implemented")) {
      return shape.notSerializable(message);
    }
    if (message.startsWith("Max expression depth")) {
      return shape.tooDeep();
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
