package dev.tarn.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A wire to a server that can be cut so that only the client notices.
final class CutWire implements AutoCloseable {
  private final ServerSocket entrance;
  private final int port;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();

  private CutWire(ServerSocket entrance, int port) {
    this.entrance = entrance;
    this.port = port;
  }

  static CutWire to(int port) throws IOException {
    CutWire wire = new CutWire(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().start(wire::accept);
    return wire;
  }

  int port() {
    return entrance.getLocalPort();
  }

  /// The clients of now are cut off; the server goes on waiting for them. Later ones come through.
  void cut() throws IOException {
    for (Pair pair : pairs) {
      pair.cut = true;
      pair.client.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), port));
        pairs.add(pair);
        Thread.ofVirtual().start(() -> pair.carry(pair.client, pair.server));
        Thread.ofVirtual().start(() -> pair.carry(pair.server, pair.client));
      }
    } catch (IOException _) {
      // Closed: nobody comes any more.
    }
  }

  private static final class Pair {
    final Socket client;
    final Socket server;

    /// Asked after each read: what was read while the socket was being closed must not pass.
    volatile boolean cut;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void carry(Socket from, Socket to) {
      byte[] bytes = new byte[8192];
      try {
        int read = from.getInputStream().read(bytes);
        while (read >= 0 && !cut) {
          to.getOutputStream().write(bytes, 0, read);
          read = from.getInputStream().read(bytes);
        }
      } catch (IOException _) {
        // Cut. The other end is not told.
      }
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Pair pair : pairs) {
      pair.client.close();
      pair.server.close();
    }
  }
}
