package pushlab.server.transport;

/// How long a connection is open, for those who do not read from it themselves.
public interface Lifetime {

  /// Has `then` run once the connection is over, by the thread that handled it; the last one asked
  /// for counts.
  void whenOver(Runnable then);
}
