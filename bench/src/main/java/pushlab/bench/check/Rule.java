package pushlab.bench.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One sentence of the contract, and the experiment that shows whether a server keeps it.
///
/// @param name a few words, unlike those of every other rule
/// @param promise what a right server does
/// @param meaning what it means to those who use a server that does not
/// @param source who asks for it
/// @param remark how far a pass goes, asked after the experiment; empty if it goes without saying
record Rule(
    String name,
    Weight weight,
    String promise,
    String meaning,
    Source source,
    Experiment experiment,
    Supplier<String> remark) {

  /// A rule whose pass needs no remark.
  Rule(
      String name,
      Weight weight,
      String promise,
      String meaning,
      Source source,
      Experiment experiment) {
    this(name, weight, promise, meaning, source, experiment, () -> "");
  }

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

    /// What it means here, if that is something else than what the rule says.
    private final @Nullable String meaning;

    Broken(String what) {
      super(what);
      this.meaning = null;
    }

    /// @param meaning what it means here, in place of what the rule says
    Broken(String what, String meaning) {
      super(what);
      this.meaning = meaning;
    }

    Optional<String> meaning() {
      return Optional.ofNullable(meaning);
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
