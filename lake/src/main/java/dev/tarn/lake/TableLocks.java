package dev.tarn.lake;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps threads of this process from publishing to one table at once: the loser would only have to
/// do it again.
final class TableLocks {
  private final Map<TableName, Lock> locks = new ConcurrentHashMap<>();

  /// Takes the locks in the order of the names, so that two that want the same ones never wait for
  /// each other.
  List<Lock> take(List<TableName> names) {
    List<Lock> held = new ArrayList<>();
    names.stream().sorted().distinct().forEach(name -> held.add(take(name)));
    return held;
  }

  private Lock take(TableName name) {
    Lock lock = locks.computeIfAbsent(name, _ -> new ReentrantLock());
    lock.lock();
    return lock;
  }
}
