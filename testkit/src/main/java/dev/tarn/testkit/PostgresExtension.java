package dev.tarn.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [TemporaryPostgres] of the test run, started when the first asks for it.
public final class PostgresExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TemporaryPostgres.class;
  }

  @Override
  public TemporaryPostgres resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The root store closes what it holds when the whole test run ends.
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(PostgresExtension.class))
        .computeIfAbsent(
            TemporaryPostgres.class, _ -> TemporaryPostgres.start(), TemporaryPostgres.class);
  }
}
