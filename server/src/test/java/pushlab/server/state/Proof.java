package pushlab.server.state;

/// How deep jcstress and Lincheck dig: for seconds in a test run, for as long as it takes with
/// `-Dproof=whole`.
final class Proof {

  static final boolean WHOLE = "whole".equals(System.getProperty("proof"));

  private Proof() {}
}
