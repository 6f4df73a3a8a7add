package dev.tarn.bench.faults;

import java.util.ArrayList;
import java.util.List;

/// What a harness has counted.
public final class Figures {
  private final String name;
  private final List<String> notes = new ArrayList<>();
  private long trials;
  private long lost;
  private long twice;
  private long different;
  private long unreadable;
  private long halfRuns;
  private long orphansMost;
  private long orphansLeft;
  private String first = "";

  public Figures(String name) {
    this.name = name;
  }

  void trial() {
    trials++;
  }

  long trials() {
    return trials;
  }

  /// Compares what came out with what must come out.
  void compare(Content found, Content expected, String when) {
    lost += found.lost(expected);
    twice += found.twice(expected);
    if (!found.differences(expected).isEmpty()) {
      different++;
      complain(when + ": other rows in " + found.differences(expected));
    }
  }

  void unreadable(String what) {
    unreadable++;
    complain(what);
  }

  void halfRun(String what) {
    halfRuns++;
    complain(what);
  }

  void orphans(long count) {
    orphansMost = Math.max(orphansMost, count);
  }

  void orphansLeft(long count, String when) {
    orphansLeft = Math.max(orphansLeft, count);
    if (count > 0) {
      complain(when + ": " + count + " orphan files are left");
    }
  }

  /// Something to tell at the end, which is not a fault.
  void note(String note) {
    notes.add(note);
  }

  private void complain(String what) {
    if (first.isEmpty()) {
      first = what;
    }
    System.err.println(name + ": " + what);
  }

  /// True when everything was as promised.
  public boolean well() {
    return trials > 0 && lost + twice + different + unreadable + halfRuns + orphansLeft == 0;
  }

  /// What went wrong first.
  public String first() {
    return first;
  }

  /// One line.
  public String line() {
    return "%s: trials %d, lost rows %d, twice %d, trials with other rows %d, unreadable %d, half runs seen %d, orphan files max %d, left %d%s"
        .formatted(
            name,
            trials,
            lost,
            twice,
            different,
            unreadable,
            halfRuns,
            orphansMost,
            orphansLeft,
            notes.isEmpty() ? "" : "; " + String.join("; ", notes));
  }
}
