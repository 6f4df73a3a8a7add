package dev.tarn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  @Test
  void time_passes_only_when_a_test_says_so() {
    var clock = ManualClock.at("2026-01-31T08:00:00Z");

    assertThat(clock.instant()).isEqualTo(clock.instant());

    clock.advance(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-31T09:00:00Z"));

    clock.set(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void a_free_port_can_be_bound() throws Exception {
    try (var socket = new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }
}
