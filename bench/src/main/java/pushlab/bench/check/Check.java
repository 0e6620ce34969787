package pushlab.bench.check;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The conformance check of any server that speaks the contract.
public final class Check {

  /// The contract says 25 to 30 s; these leave room for a slow way to the server.
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(20);

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(35);

  private Check() {}

  /// Tries every rule on the server at `address` and prints what came of it. Changes the status of
  /// its default task, and takes as long as the server's hold.
  ///
  /// @param insecure whether any certificate is trusted
  /// @return whether every required rule was kept
  /// @throws IOException if the server does not answer at all
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public static boolean run(URI address, boolean insecure, PrintStream out)
      throws IOException, InterruptedException {
    return run(address, insecure, SHORTEST_HOLD, LONGEST_HOLD, out);
  }

  static boolean run(
      URI address, boolean insecure, Duration shortestHold, Duration longestHold, PrintStream out)
      throws IOException, InterruptedException {
    try (var server = new Server(address, insecure, longestHold)) {
      server.poll("");
      boolean good = true;
      for (Rule rule : new Rules(server, shortestHold).all()) {
        String found = found(rule);
        if (found == null) {
          out.println("pass  " + rule.name());
        } else {
          good &= !rule.required();
          out.println((rule.required() ? "FAIL  " : "weak  ") + rule.name());
          out.println("      expected: " + rule.promise());
          out.println("      found: " + found);
        }
      }
      return good;
    }
  }

  /// What the server did instead of keeping `rule`, or null if it kept it.
  private static @Nullable String found(Rule rule) throws InterruptedException {
    try {
      rule.experiment().run();
      return null;
    } catch (Rule.Broken e) {
      return e.getMessage();
    } catch (IOException e) {
      return "it did not answer: " + (e.getMessage() == null ? e : e.getMessage());
    }
  }
}
