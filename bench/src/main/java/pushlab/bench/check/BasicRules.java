package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.List;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;

/// The rules that every other rule needs.
final class BasicRules {

  private final CheckedServer server;
  private final Limits limits;

  BasicRules(CheckedServer server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "Basics",
        Rule.Group.Kind.BASIC,
        List.of(
            new Rule(
                "first answer",
                REQUIRED,
                "the first request of a client is answered at once, with status and version",
                "the page stays empty until the status changes",
                Source.FIRST_REQUEST,
                this::answersTheFirstRequest),
            new Rule(
                "an update makes a newer version",
                FOUNDATION,
                "after an update, a client reads the new status with a higher version",
                "clients do not notice that the status has changed",
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
              + "; it does answer with -1 as last version (use --nothing-seen=-1 if your client"
              + " sends that)");
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
    SeenSnapshot before = server.current();
    String status = server.others(before.status()).getFirst();
    SeenSnapshot after = server.update(status);
    Broken.unless(
        after.status().equals(status) || !isPlain(status),
        "the status was set to '%s' but read as '%s'".formatted(status, after.status()));
    Broken.unless(
        after.version().isNewerThan(before.version()),
        "version %s came after %s".formatted(after.version(), before.version()));
  }

  /// Whether `status` is ASCII. Other characters have a rule of their own.
  private static boolean isPlain(String status) {
    return status.chars().allMatch(character -> character < 128);
  }
}
