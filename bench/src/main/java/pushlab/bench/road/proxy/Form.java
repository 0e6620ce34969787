package pushlab.bench.road.proxy;

/// How a proxy is set up.
public enum Form {
  /// The smallest reverse proxy of its manual. All else has its default.
  SMALLEST,
  /// The same with our remedies.
  REMEDIED
}
