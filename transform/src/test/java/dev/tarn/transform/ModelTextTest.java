package dev.tarn.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Failure;
import org.junit.jupiter.api.Test;

class ModelTextTest {

  @Test
  void settings_are_taken_out_and_the_sql_keeps_its_places() {
    ModelText text = ModelText.of("/*\nkey: id\n*/\nSELECT 1");

    assertThat(text.settings()).isEqualTo("\nkey: id\n");
    assertThat(text.sql()).isEqualTo("  \n       \n  \nSELECT 1");
  }

  @Test
  void a_comment_without_keys_is_just_a_comment() {
    ModelText text = ModelText.of("/* Copyright the shop */ SELECT 1");

    assertThat(text.settings()).isEmpty();
    assertThat(text.sql()).isEqualTo("/* Copyright the shop */ SELECT 1");
  }

  @Test
  void settings_may_begin_below_empty_lines() {
    ModelText text = ModelText.of("\n\n/*\nkey: id\n*/ SELECT 1");

    assertThat(text.settingsLine()).isEqualTo(2);
    assertThat(text.settings()).contains("key: id");
  }

  @Test
  void settings_may_begin_below_comments_of_one_line() {
    ModelText text = ModelText.of("-- silver.orders\n-- by us\n/*\nkey: id\n*/\nSELECT 1 AS id");

    assertThat(text.settings().strip()).isEqualTo("key: id");
    assertThat(text.settingsLine()).isEqualTo(2);
    assertThat(text.sql()).startsWith("-- silver.orders\n-- by us\n").endsWith("\nSELECT 1 AS id");
  }

  @Test
  void a_comment_without_an_end_is_told_where_it_begins() {
    assertThatThrownBy(() -> ModelText.of("-- by us\n  /* key: id\nSELECT 1"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(":2:3  the comment that begins here has no end");
  }

  @Test
  void a_byte_order_mark_is_dropped() {
    assertThat(ModelText.of("\uFEFFSELECT 1").sql()).isEqualTo("SELECT 1");
  }
}
