package pushlab.server.net;

/// How subscribers wait. Over TLS and HTTP/2 they always wait in threads.
public enum Delivery {

  /// As data: a thread for each processor serves them.
  LOOP,

  /// Each in a virtual thread of its own, which is parked meanwhile.
  THREADS
}
