package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.List;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Server.Snapshot;

/// Without these, nothing else can be tried.
final class BasicRules {

  private final Server server;
  private final Limits limits;

  BasicRules(Server server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "Basics",
        true,
        List.of(
            new Rule(
                "first answer",
                REQUIRED,
                "a client that has seen nothing is answered at once, with status and version",
                "the page stays empty until the status happens to change",
                Source.FIRST_REQUEST,
                this::answersTheFirstRequest),
            new Rule(
                "an update makes a newer version",
                FOUNDATION,
                "after an update, the new status is read, with a higher version",
                "no client can tell that anything has changed",
                Source.UPDATED,
                this::makesANewerVersion)));
  }

  private void answersTheFirstRequest() throws Broken, IOException, InterruptedException {
    try {
      server.current();
    } catch (Broken e) {
      if (!isAnswered("-1")) {
        throw e;
      }
      server.nothingSeen("-1");
      throw new Broken(
          e.getMessage()
              + "; with -1 as last version it does answer (--nothing-seen=-1, if your client sends"
              + " that)");
    }
  }

  private boolean isAnswered(String lastVersion) throws IOException, InterruptedException {
    try {
      server.snapshot(server.poll(lastVersion).within(limits.atOnce()));
      return true;
    } catch (Broken _) {
      return false;
    }
  }

  private void makesANewerVersion() throws Broken, IOException, InterruptedException {
    Snapshot before = server.current();
    String status = server.others(before.status()).getFirst();
    Snapshot after = server.update(status);
    Broken.unless(
        after.status().equals(status) || !isPlain(status),
        "'%s' was set and '%s' is read".formatted(status, after.status()));
    Broken.unless(
        after.version().isNewerThan(before.version()),
        "version %s came after %s".formatted(after.version(), before.version()));
  }

  /// Whether nothing in it can be garbled, which has a rule of its own.
  private static boolean isPlain(String status) {
    return status.chars().allMatch(character -> character < 128);
  }
}
