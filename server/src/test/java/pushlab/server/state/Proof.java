package pushlab.server.state;

/// How thorough jcstress and Lincheck are: seconds in a test run, as long as it takes with
/// `-Dproof=whole`.
final class Proof {

  static final boolean WHOLE = "whole".equals(System.getProperty("proof"));

  private Proof() {}
}
