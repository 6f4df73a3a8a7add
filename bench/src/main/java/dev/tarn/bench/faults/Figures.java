package dev.tarn.bench.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a harness has counted.
public final class Figures {
  private static final int TOLD = 50;

  private final String name;
  private final List<String> notes = new ArrayList<>();
  private long trials;
  private long lost;
  private long twice;
  private long different;
  private long unreadable;
  private long halfRuns;
  private long silent;
  private long orphansMost;
  private long orphansLeft;
  private int complaints;
  private int known;
  private String first = "";

  public Figures(String name) {
    this.name = name;
  }

  void trial() {
    trials++;
    if (trials % TOLD == 0) {
      System.err.println(line());
    }
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
      complain(when + ": other rows in " + found.told(expected));
    }
  }

  void unreadable(String what) {
    unreadable++;
    complain(what);
  }

  /// Something was read that is not right, and nobody was told.
  void silent(String what) {
    silent++;
    complain(what);
  }

  void counts(long missing, long tooMany) {
    lost += missing;
    twice += tooMany;
    if (missing + tooMany > 0) {
      complain(missing + " rows are missing, " + tooMany + " are there once too often");
    }
  }

  void halfRun(String what) {
    halfRuns++;
    complain(what);
  }

  void orphans(List<Path> files) {
    orphansMost = Math.max(orphansMost, files.size());
  }

  void orphansLeft(List<Path> files, String when) {
    orphansLeft = Math.max(orphansLeft, files.size());
    if (!files.isEmpty()) {
      complain(when + ": " + files.size() + " orphan files are left, such as " + files.getFirst());
    }
  }

  /// Something to tell at the end, which is not a fault.
  void note(String note) {
    notes.add(note);
  }

  /// Whether anything was wrong since this was last asked.
  boolean complainedAgain() {
    boolean again = complaints > known;
    known = complaints;
    return again;
  }

  private void complain(String what) {
    complaints++;
    if (first.isEmpty()) {
      first = what;
    }
    System.err.println(name + ": " + what);
  }

  /// True when everything was as promised.
  public boolean well() {
    return trials > 0
        && lost + twice + different + unreadable + halfRuns + silent + orphansLeft == 0;
  }

  /// What went wrong first.
  public String first() {
    return first;
  }

  /// One line.
  public String line() {
    return "%s: trials %d, lost rows %d, twice %d, trials with other rows %d, unreadable or no proper error %d, silently wrong %d, half runs seen %d, orphan files max %d, left %d%s"
        .formatted(
            name,
            trials,
            lost,
            twice,
            different,
            unreadable,
            silent,
            halfRuns,
            orphansMost,
            orphansLeft,
            notes.isEmpty() ? "" : "; " + String.join("; ", notes));
  }
}
