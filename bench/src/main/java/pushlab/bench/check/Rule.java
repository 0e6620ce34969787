package pushlab.bench.check;

import java.io.IOException;

/// One sentence of the contract, and the experiment that shows whether a server keeps it.
///
/// @param name a few words, for a list
/// @param required whether a server that breaks it is wrong, or only less good than it could be
/// @param promise what the contract says
record Rule(String name, boolean required, String promise, Experiment experiment) {

  /// Tries a rule on a server.
  @FunctionalInterface
  interface Experiment {
    /// Returns if the server kept the rule.
    ///
    /// @throws Broken if it did not; the message says what it did instead
    /// @throws IOException if the server could not be asked
    /// @throws InterruptedException if the thread was interrupted meanwhile
    void run() throws Broken, IOException, InterruptedException;
  }

  /// What a server did that it should not have done.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String what) {
      super(what);
    }
  }
}
