/// TPC-H as a project: its tables as sources, its 22 queries as gold tables, its refresh functions
/// as what comes and goes.
@NullMarked
package dev.tarn.bench.tpch;

import org.jspecify.annotations.NullMarked;
