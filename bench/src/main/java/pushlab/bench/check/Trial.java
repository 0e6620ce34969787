package pushlab.bench.check;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;
import pushlab.bench.check.Rule.Suspicion;

/// What came of one experiment.
sealed interface Trial {

  /// The rule was kept.
  ///
  /// @param remark the limits of the test, or an empty text
  record Kept(String remark) implements Trial {}

  /// The rule was broken.
  ///
  /// @param meaning the consequence in this case; empty if it is the one that the rule names
  /// @param suspicion of the road; empty if there is none
  /// @param stopped whether nothing listens at the address any more
  record Failed(
      String found, Optional<String> meaning, Optional<Suspicion> suspicion, boolean stopped)
      implements Trial {}

  /// The rule was not tested.
  record Omitted(String why) implements Trial {}

  /// Tests `rule`, whose experiment asks `server`.
  static Trial of(Rule rule, CheckedServer server) throws InterruptedException {
    long askedAgain = server.askedAgain();
    try {
      rule.experiment().run();
      return new Kept(rule.remark().get());
    } catch (Broken e) {
      String found = e.getMessage() + alsoAskedAgain(server.askedAgain() - askedAgain);
      return new Failed(found, e.meaning(), e.suspicion(), false);
    } catch (Skipped e) {
      return new Omitted(String.valueOf(e.getMessage()));
    } catch (ConnectException _) {
      String found = "the server no longer accepts connections";
      return new Failed(found, Optional.empty(), Optional.empty(), true);
    } catch (IOException e) {
      String found =
          "the server, or %s in between, closed the connection without an answer: %s"
              .formatted(
                  server.proxies().one(),
                  Quote.of(e.getMessage() == null ? e.toString() : e.getMessage()));
      return new Failed(
          found,
          Optional.of("the client gets no answer and must ask again"),
          Optional.empty(),
          false);
    }
  }

  private static String alsoAskedAgain(long requests) {
    return requests == 0
        ? ""
        : " (%d of its requests were sent again because their kept connection was closed)"
            .formatted(requests);
  }
}
