package dev.tarn.store;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.RunId;

/// What a check found, and in which run.
public record CheckRecord(RunId run, CheckResult result) {}
