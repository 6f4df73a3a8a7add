package dev.tarn.sql;

import dev.tarn.sql.FlowColumn.Value;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The columns that one item of SELECT becomes: one, or several for stars and for structs that are
/// unnested.
final class ItemLineage {

  /// Operators that choose columns when a star stands on their left, as in `SELECT * LIKE 'a%'`.
  private static final Set<String> CHOOSING =
      Set.of("~~", "!~~", "~~*", "!~~*", "regexp_full_match");

  private static final Pattern GROUP = Pattern.compile("\\\\(\\d)");

  private final LineageWalk walk;

  ItemLineage(LineageWalk walk) {
    this.walk = walk;
  }

  Outputs columns(Expression item, Scope scope) {
    if (item instanceof Expression.Star star) {
      return renamed(star, item.alias(), walk.stars().columns(star, scope));
    }
    Optional<Expression.Star> chosen = chosenBy(item);
    if (chosen.isPresent()) {
      return chosen(chosen.get(), item, scope);
    }
    Optional<Expression.Star> star = starIn(item);
    if (star.isPresent()) {
      return forEach(star.get(), item, scope);
    }
    return new Outputs(single(item, scope), Flow.NONE, Optional.empty());
  }

  private static Optional<Expression.Star> chosenBy(Expression item) {
    boolean chooses =
        item instanceof Expression.FunctionCall call
            && CHOOSING.contains(call.name())
            && call.arguments().getFirst().expression() instanceof Expression.Star star
            && !star.columns();
    return chooses ? starIn(item) : Optional.empty();
  }

  private Outputs chosen(Expression.Star star, Expression condition, Scope scope) {
    Expression.Star choosing =
        new Expression.Star(
            star.origin(),
            star.alias(),
            star.relation(),
            star.excluded(),
            star.replaced(),
            star.renamed(),
            true,
            Optional.of(condition));
    return walk.stars().columns(choosing, scope);
  }

  /// The star that makes an item several: not one inside `*COLUMNS(…)` or a subquery.
  private static Optional<Expression.Star> starIn(SqlNode node) {
    return switch (node) {
      case Expression.Star star -> Optional.of(star);
      case Expression.Operator unpack when unpack.kind().equals("OPERATOR_UNPACK") ->
          Optional.empty();
      case QueryBody _ -> Optional.empty();
      case SqlNode other ->
          other.children().stream().flatMap(child -> starIn(child).stream()).findFirst();
    };
  }

  private Outputs forEach(Expression.Star star, Expression item, Scope scope) {
    Outputs each = walk.stars().columns(star, scope);
    List<FlowColumn> columns =
        each.columns().stream()
            .map(column -> column.with(walk.expressions().flow(item, scope.withStarred(column))))
            .toList();
    return renamed(star, item.alias(), new Outputs(columns, Flow.NONE, each.rest()));
  }

  /// An alias may hold groups of the pattern: `COLUMNS('(.*)_id') AS '\1_key'`.
  private static Outputs renamed(Expression.Star star, String alias, Outputs outputs) {
    if (alias.isEmpty()) {
      return outputs;
    }
    List<FlowColumn> columns =
        outputs.columns().stream()
            .map(column -> column.named(filled(star, alias, column.name())))
            .toList();
    return new Outputs(columns, outputs.rows(), outputs.rest());
  }

  private static String filled(Expression.Star star, String alias, String name) {
    Optional<Expression> pattern = star.pattern();
    String regex =
        pattern.isPresent() && pattern.get() instanceof Expression.Constant constant
            ? constant.text()
            : ".*";
    try {
      Matcher found = Pattern.compile(regex).matcher(name);
      return found.find()
          ? GROUP
              .matcher(alias)
              .replaceAll(group -> Matcher.quoteReplacement(group(found, group.group(1))))
          : alias;
    } catch (PatternSyntaxException otherDialect) {
      return alias;
    }
  }

  private static String group(Matcher found, String number) {
    int index = Integer.parseInt(number);
    String text = index <= found.groupCount() ? found.group(index) : "";
    return text == null ? "" : text;
  }

  private List<FlowColumn> single(Expression item, Scope scope) {
    if (item instanceof Expression.ColumnRef column) {
      FlowColumn resolved = scope.resolve(column.path());
      return List.of(sameName(column, scope) ? resolved : resolved.named(item.alias()));
    }
    if (item instanceof Expression.Positional positional && item.alias().isEmpty()) {
      return List.of(positional(positional, scope));
    }
    Value value = walk.expressions().value(item, scope);
    if (item instanceof Expression.FunctionCall call
        && call.name().toLowerCase(Locale.ROOT).equals("unnest")) {
      Optional<List<FlowColumn>> opened = unnested(call, value, scope);
      if (opened.isPresent()) {
        return opened.get();
      }
    }
    String name = item.alias().isEmpty() ? walk.query().nameOf(item) : item.alias();
    return List.of(new FlowColumn(name, value.type(), value.flow()));
  }

  /// An alias that differs from the column's name in case only is no alias to the engine; one of a
  /// struct's field is.
  private static boolean sameName(Expression.ColumnRef column, Scope scope) {
    boolean field = column.path().size() > 1 && !scope.qualifies(column.path());
    return column.alias().isEmpty()
        || !field && column.alias().equalsIgnoreCase(column.path().getLast());
  }

  private FlowColumn positional(Expression.Positional positional, Scope scope) {
    List<Frame.Located> columns = scope.frame().star();
    Value value = walk.expressions().value(positional, scope);
    String name =
        positional.index() <= columns.size()
            ? columns.get(positional.index() - 1).column().name()
            : "#" + positional.index();
    return new FlowColumn(name, value.type(), value.flow());
  }

  /// A struct is unnested into columns, also one inside lists when asked to go deep.
  private Optional<List<FlowColumn>> unnested(
      Expression.FunctionCall call, Value value, Scope scope) {
    Value argument = walk.expressions().value(call.arguments().getFirst().expression(), scope);
    boolean deep = call.arguments().size() > 1;
    if (deep && argument.type().isEmpty()) {
      return Optional.of(ValueTypes.opened(argument).columns());
    }
    if (deep) {
      return Optional.of(
          leaves(
              "",
              call.alias().isEmpty() ? walk.query().nameOf(call) : call.alias(),
              argument.type().get(),
              value.flow()));
    }
    return argument
        .type()
        .filter(Type.Struct.class::isInstance)
        .map(type -> ValueTypes.opened(argument).columns());
  }

  private static List<FlowColumn> leaves(String field, String whole, Type type, Flow flow) {
    return switch (type) {
      case Type.Struct struct ->
          struct.fields().stream()
              .flatMap(each -> leaves(each.name(), whole, each.type(), flow).stream())
              .toList();
      case Type.ListOf list -> leaves(field, whole, list.element(), flow);
      case Type.Primitive _, Type.Decimal _, Type.MapOf _ ->
          List.of(new FlowColumn(field.isEmpty() ? whole : field, Optional.of(type), flow));
    };
  }
}
