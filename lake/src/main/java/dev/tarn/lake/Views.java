package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.view.ImmutableSQLViewRepresentation;
import org.apache.iceberg.view.ImmutableViewVersion;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewVersion;

/// Views as Iceberg keeps them: the query in the engine's dialect, with the columns it gives.
final class Views {
  static final String DIALECT = "duckdb";

  private Views() {}

  static LakeView view(TableName name, ViewMetadata metadata, String location) {
    String sql =
        metadata.currentVersion().representations().stream()
            .filter(SQLViewRepresentation.class::isInstance)
            .map(SQLViewRepresentation.class::cast)
            .filter(representation -> representation.dialect().equalsIgnoreCase(DIALECT))
            .map(SQLViewRepresentation::sql)
            .findFirst()
            .orElseThrow(() ->
                Failure.data(
                    "the view " + name + " is not written in the dialect " + DIALECT,
                    "make it again as a model, or add the dialect"));
    return new LakeView(name, sql, TypeMapping.schema(metadata.schema()), location);
  }

  static ViewMetadata next(
      TableName name,
      Optional<ViewMetadata> before,
      String sql,
      Schema schema,
      Map<String, String> properties,
      String location,
      Instant now) {
    ViewVersion version =
        ImmutableViewVersion.builder()
            .versionId(before.map(view -> view.currentVersionId() + 1).orElse(1))
            .schemaId(0)
            .timestampMillis(now.toEpochMilli())
            .putSummary("engine-name", "tarn")
            .defaultNamespace(Namespace.of(name.layer()))
            .addRepresentations(
                ImmutableSQLViewRepresentation.builder().sql(sql).dialect(DIALECT).build())
            .build();
    FieldIds ids = new FieldIds(0);
    var columns = ids.replace(schema, Map.of(), List.of());
    ViewMetadata.Builder builder =
        before
            .map(ViewMetadata::buildFrom)
            .orElseGet(() -> ViewMetadata.builder().setLocation(location));
    return builder.setCurrentVersion(version, columns).setProperties(properties).build();
  }
}
