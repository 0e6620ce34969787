package pushlab.bench.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One rule of the contract, with an experiment that tests it.
///
/// @param name a few words; each rule has a different name
/// @param promise what a correct server does
/// @param meaning the consequence for users of a server that does not
/// @param source where the rule comes from
/// @param remark called after the experiment if the rule was kept: the limits of the test, or an
///     empty text
record Rule(
    String name,
    Weight weight,
    String promise,
    String meaning,
    Source source,
    Experiment experiment,
    Supplier<String> remark) {

  /// A rule without a remark.
  Rule(
      String name,
      Weight weight,
      String promise,
      String meaning,
      Source source,
      Experiment experiment) {
    this(name, weight, promise, meaning, source, experiment, () -> "");
  }

  /// How serious it is to break the rule.
  enum Weight {
    /// The server is wrong, and the following rules of the group cannot be tested.
    FOUNDATION,
    /// The server is wrong.
    REQUIRED,
    /// The server could be better.
    RECOMMENDED
  }

  /// Tests a rule on a server.
  @FunctionalInterface
  interface Experiment {
    /// Returns if the server kept the rule. It takes seconds, or the length of a hold.
    ///
    /// @throws Broken if the server broke the rule; the message says what it did instead
    /// @throws Skipped if the rule does not apply; the message says why
    /// @throws IOException if the server could not be reached
    /// @throws InterruptedException if the thread was interrupted
    void run() throws Broken, Skipped, IOException, InterruptedException;
  }

  /// Rules that belong together.
  ///
  record Group(String title, Kind kind, List<Rule> rules) {

    /// Which groups depend on which.
    enum Kind {
      /// No other group can be tested if the server breaks a foundation of this one.
      BASIC,
      USUAL,
      /// About what stands between. It is tested even if that breaks a foundation.
      ROAD
    }

    /// A usual group.
    Group(String title, List<Rule> rules) {
      this(title, Kind.USUAL, rules);
    }

    boolean isAboutTheRoad() {
      return kind == Kind.ROAD;
    }
  }

  /// A reason to think that the road broke a rule.
  ///
  /// @param shown whether what happened shows that it was the road; otherwise the server may have
  ///     done the same
  record Suspicion(RoadFault fault, boolean shown) {}

  /// What a server did that breaks the rule.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    /// The consequence in this case, or null if it is the one that the rule names.
    private final @Nullable String meaning;

    private final transient @Nullable Suspicion suspicion;

    private Broken(String what, @Nullable String meaning, @Nullable Suspicion suspicion) {
      super(what);
      this.meaning = meaning;
      this.suspicion = suspicion;
    }

    Broken(String what) {
      this(what, null, null);
    }

    /// @param meaning the consequence in this case, in place of the one that the rule names
    Broken(String what, String meaning) {
      this(what, meaning, null);
    }

    /// A rule that the server, or a proxy in between with this fault, broke.
    static Broken maybeBy(RoadFault fault, String what) {
      return new Broken(what, null, new Suspicion(fault, false));
    }

    /// A rule that a proxy in between with this fault broke.
    static Broken by(RoadFault fault, String what) {
      return new Broken(what, null, new Suspicion(fault, true));
    }

    Optional<String> meaning() {
      return Optional.ofNullable(meaning);
    }

    Optional<Suspicion> suspicion() {
      return Optional.ofNullable(suspicion);
    }

    /// Throws unless `holds`.
    static void unless(boolean holds, String otherwise) throws Broken {
      if (!holds) {
        throw new Broken(otherwise);
      }
    }
  }

  /// Why a rule was not tested.
  static final class Skipped extends Exception {
    private static final long serialVersionUID = 1;

    Skipped(String why) {
      super(why);
    }
  }
}
