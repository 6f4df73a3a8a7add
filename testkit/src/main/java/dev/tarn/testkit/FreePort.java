package dev.tarn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A TCP port on loopback that nobody listens on at this moment.
public final class FreePort {
  private FreePort() {}

  /// Another process may take the port before the caller does; whoever cannot bind it asks again.
  public static int find() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
