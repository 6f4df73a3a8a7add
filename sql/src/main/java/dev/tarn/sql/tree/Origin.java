package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;

/// Where a node came from: its place in the text, and the parser's own form of it, from which SQL
/// is made again.
///
/// @param offset bytes of UTF-8 before the node in the text; negative when the parser did not say
/// @param length bytes of the node's text; 0 when the parser did not say
public record Origin(int offset, int length, JsonNode json) {

  public boolean known() {
    return offset >= 0;
  }

  @Override
  public String toString() {
    return known() ? "@" + offset : "@?";
  }
}
