package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which forms the texts of a table may have, by a sample of its rows: trying every form on every
/// row would cost far more than all other statistics.
final class LikelyForms {
  private static final int SAMPLE_ROWS = 20_000;
  private static final int MOST = 2;

  private final Map<String, List<TextForm>> forms;

  private LikelyForms(Map<String, List<TextForm>> forms) {
    this.forms = forms;
  }

  static LikelyForms of(EngineConnection connection, Subject subject) {
    List<Column> texts =
        subject.schema().columns().stream()
            .filter(column -> TypeFamily.of(column.type()) == TypeFamily.TEXT)
            .toList();
    Pass pass = new Pass();
    texts.forEach(column -> TextForm.ALL.forEach(form -> pass.count(matches(column, form))));
    String rows =
        "(SELECT * FROM "
            + subject.relation()
            + " USING SAMPLE reservoir("
            + SAMPLE_ROWS
            + " ROWS) REPEATABLE (1))";
    pass.run(connection, new Subject(subject.table(), rows, subject.schema(), false));
    Map<String, List<TextForm>> forms = new HashMap<>();
    texts.forEach(column -> forms.put(column.name(), best(column, pass)));
    return new LikelyForms(forms);
  }

  List<TextForm> of(Column column) {
    return forms.getOrDefault(column.name(), List.of());
  }

  /// The likelier first; those that are equally likely in the order of all forms.
  private static List<TextForm> best(Column column, Pass pass) {
    Comparator<TextForm> count =
        Comparator.comparingLong(form -> pass.number(pass.count(matches(column, form))));
    return TextForm.ALL.stream()
        .filter(form -> pass.number(pass.count(matches(column, form))) > 0)
        .sorted(count.reversed())
        .limit(MOST)
        .sorted(Comparator.comparingInt(TextForm.ALL::indexOf))
        .toList();
  }

  private static String matches(Column column, TextForm form) {
    return "("
        + form.matches().formatted("trim(this." + Identifiers.quote(column.name()) + ")")
        + ")";
  }
}
