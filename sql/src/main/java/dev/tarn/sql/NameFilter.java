package dev.tarn.sql;

import dev.tarn.sql.tree.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which column names COLUMNS(…) and `* LIKE …` choose, for the patterns that can be judged without
/// the engine.
sealed interface NameFilter {

  /// Empty when it can't be told.
  Optional<Boolean> matches(String name);

  static NameFilter of(Expression pattern) {
    return switch (pattern) {
      case Expression.Constant regex -> new Regex(regex.text());
      case Expression.FunctionCall call when call.name().equals("list_value") -> new Names(call);
      case Expression.FunctionCall call when call.name().equals("list_filter") ->
          new Condition(lambdaBody(call));
      case Expression other -> new Condition(Optional.of(other));
    };
  }

  private static Optional<Expression> lambdaBody(Expression.FunctionCall call) {
    return call.arguments().getLast().expression() instanceof Expression.Lambda lambda
        ? Optional.of(lambda.body())
        : Optional.empty();
  }

  /// `COLUMNS('^a')`: the expression matches some part of the name.
  record Regex(String pattern) implements NameFilter {
    @Override
    public Optional<Boolean> matches(String name) {
      return found(pattern, name);
    }
  }

  /// `COLUMNS(['a', 'b'])`.
  record Names(Expression.FunctionCall list) implements NameFilter {
    @Override
    public Optional<Boolean> matches(String name) {
      boolean plain =
          list.arguments().stream()
              .allMatch(item -> item.expression() instanceof Expression.Constant);
      return plain
          ? Optional.of(list.arguments().stream().anyMatch(item -> names(item.expression(), name)))
          : Optional.empty();
    }

    private static boolean names(Expression item, String name) {
      return item instanceof Expression.Constant constant && constant.text().equalsIgnoreCase(name);
    }
  }

  /// A condition on the name, as in `COLUMNS(lambda c: c LIKE 'a%')`.
  record Condition(Optional<Expression> body) implements NameFilter {
    @Override
    public Optional<Boolean> matches(String name) {
      return body.flatMap(condition -> truth(condition, name));
    }

    private static Optional<Boolean> truth(Expression condition, String name) {
      return switch (condition) {
        case Expression.Conjunction both -> conjunction(both, name);
        case Expression.Comparison comparison -> comparison(comparison, name);
        case Expression.Operator operator -> operator(operator, name);
        case Expression.FunctionCall call when call.arguments().size() == 2 ->
            text(call.arguments().get(0).expression(), name)
                .flatMap(left ->
                    text(call.arguments().get(1).expression(), name)
                        .flatMap(right -> test(call.name(), left, right)));
        default -> Optional.empty();
      };
    }

    private static Optional<Boolean> conjunction(Expression.Conjunction both, String name) {
      boolean and = both.kind().equals("CONJUNCTION_AND");
      boolean result = and;
      for (Expression part : both.parts()) {
        Optional<Boolean> truth = truth(part, name);
        if (truth.isEmpty()) {
          return truth;
        }
        result = and ? result && truth.get() : result || truth.get();
      }
      return Optional.of(result);
    }

    private static Optional<Boolean> comparison(Expression.Comparison comparison, String name) {
      Optional<String> left = text(comparison.left(), name);
      Optional<String> right = text(comparison.right(), name);
      if (left.isEmpty() || right.isEmpty()) {
        return Optional.empty();
      }
      return switch (comparison.kind()) {
        case "COMPARE_EQUAL" -> Optional.of(left.get().equals(right.get()));
        case "COMPARE_NOTEQUAL" -> Optional.of(!left.get().equals(right.get()));
        default -> Optional.empty();
      };
    }

    private static Optional<Boolean> operator(Expression.Operator operator, String name) {
      List<Expression> operands = operator.operands();
      return switch (operator.kind()) {
        case "OPERATOR_NOT" -> truth(operands.getFirst(), name).map(truth -> !truth);
        case "COMPARE_IN", "COMPARE_NOT_IN" -> {
          List<Optional<String>> texts = operands.stream().map(each -> text(each, name)).toList();
          yield texts.stream().anyMatch(Optional::isEmpty)
              ? Optional.empty()
              : Optional.of(
                  operator.kind().equals("COMPARE_IN")
                      == texts.subList(1, texts.size()).contains(texts.getFirst()));
        }
        default -> Optional.empty();
      };
    }

    private static Optional<String> text(Expression expression, String name) {
      return switch (expression) {
        case Expression.Constant constant when constant.kind().equals("STRING") ->
            Optional.of(constant.text());
        case Expression.ColumnRef column when column.path().size() == 1 -> Optional.of(name);
        case Expression.Star _ -> Optional.of(name);
        case Expression.FunctionCall call when call.arguments().size() == 1 ->
            text(call.arguments().getFirst().expression(), name)
                .flatMap(inner -> cased(call.name(), inner));
        default -> Optional.empty();
      };
    }

    private static Optional<String> cased(String function, String text) {
      return switch (function) {
        case "lower", "lcase" -> Optional.of(text.toLowerCase(Locale.ROOT));
        case "upper", "ucase" -> Optional.of(text.toUpperCase(Locale.ROOT));
        default -> Optional.empty();
      };
    }

    private static Optional<Boolean> test(String function, String left, String right) {
      return switch (function) {
        case "~~" -> found(like(right), left);
        case "!~~" -> found(like(right), left).map(truth -> !truth);
        case "~~*" -> found("(?i)" + like(right), left);
        case "!~~*" -> found("(?i)" + like(right), left).map(truth -> !truth);
        case "regexp_full_match" -> found("^(?:" + right + ")$", left);
        case "regexp_matches" -> found(right, left);
        case "starts_with", "prefix", "^@" -> Optional.of(left.startsWith(right));
        case "ends_with", "suffix" -> Optional.of(left.endsWith(right));
        case "contains" -> Optional.of(left.contains(right));
        default -> Optional.empty();
      };
    }

    private static String like(String pattern) {
      StringBuilder regex = new StringBuilder("^");
      for (char c : pattern.toCharArray()) {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
      return regex.append('$').toString();
    }
  }

  private static Optional<Boolean> found(String regex, String text) {
    try {
      return Optional.of(Pattern.compile(regex, Pattern.DOTALL).matcher(text).find());
    } catch (PatternSyntaxException otherDialect) {
      return Optional.empty();
    }
  }
}
