package pushlab.bench.check;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;

/// The conformance check of any server that speaks the contract.
public final class Check {

  private Check() {}

  /// Tries every rule on the server at `address` and prints what came of it. Changes the status of
  /// its default task, and takes as long as the server's hold.
  ///
  /// @return whether every required rule was kept
  /// @throws IOException if the server does not answer at all
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public static boolean run(URI address, PrintStream out) throws IOException, InterruptedException {
    boolean good = true;
    for (Rule rule : new Rules(new Server(address)).all()) {
      try {
        rule.experiment().run();
        out.println("pass  " + rule.name());
      } catch (Rule.Broken e) {
        good &= !rule.required();
        out.println((rule.required() ? "FAIL  " : "weak  ") + rule.name());
        out.println("      expected: " + rule.promise());
        out.println("      found: " + e.getMessage());
      }
    }
    return good;
  }
}
