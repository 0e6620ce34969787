package pushlab.bench.check;

import java.io.IOException;
import java.util.List;

/// One sentence of the contract, and the experiment that shows whether a server keeps it.
///
/// @param name a few words, unlike those of every other rule
/// @param promise what a right server does
/// @param meaning what it means to those who use a server that does not
/// @param source who asks for it
record Rule(
    String name,
    Weight weight,
    String promise,
    String meaning,
    Source source,
    Experiment experiment) {

  /// What comes of a server that breaks a rule.
  enum Weight {
    /// It is wrong, and the rules after it in the group cannot be tried.
    FOUNDATION,
    /// It is wrong.
    REQUIRED,
    /// It is less good than it could be.
    RECOMMENDED
  }

  /// Tries a rule on a server.
  @FunctionalInterface
  interface Experiment {
    /// Returns if the server kept the rule; ends within seconds, but for the length of a hold.
    ///
    /// @throws Broken if it did not; the message says what it did instead
    /// @throws Skipped if there is nothing to try; the message says why
    /// @throws IOException if the server could not be asked
    /// @throws InterruptedException if the thread was interrupted meanwhile
    void run() throws Broken, Skipped, IOException, InterruptedException;
  }

  /// Rules that belong together.
  ///
  /// @param basic whether no other group can be tried if a foundation of this one is broken
  record Group(String title, boolean basic, List<Rule> rules) {}

  /// What a server did that it should not have done.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String what) {
      super(what);
    }

    /// Throws it unless `holds`.
    static void unless(boolean holds, String otherwise) throws Broken {
      if (!holds) {
        throw new Broken(otherwise);
      }
    }
  }

  /// Why a rule was not tried.
  static final class Skipped extends Exception {
    private static final long serialVersionUID = 1;

    Skipped(String why) {
      super(why);
    }
  }
}
