package pushlab.server.net;

/// How held requests are kept and answered.
public enum Delivery {

  /// As data: one thread reads and answers all of them.
  LOOP,

  /// Each by a virtual thread of its own, which is parked meanwhile.
  THREADS
}
