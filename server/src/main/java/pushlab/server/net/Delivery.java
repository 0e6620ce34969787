package pushlab.server.net;

/// How subscribers wait. Over TLS and HTTP/2 they always wait in threads.
public enum Delivery {

  /// As data: one thread serves them all.
  LOOP,

  /// Each in a virtual thread of its own, which is parked meanwhile.
  THREADS
}
