package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.CheckOptions.UpdateFormat;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;

/// The rules of updates.
final class UpdateRules {

  private static final int IN_TURN = 20;
  private static final int AT_ONCE = 40;

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  UpdateRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            "the version grows by one",
            REQUIRED,
            "each update increases the version by exactly one",
            "the versions are not a count, so a client cannot distinguish a skipped version from a lost"
                + " one",
            Source.UPDATED,
            this::growsByOne));
    rules.add(
        new Rule(
            "updates at the same time all count",
            REQUIRED,
            "each of several updates at the same time gets its own version, and none is lost",
            "when two users update at the same time, one status is never shown; reading the version and"
                + " writing it back must be one step (a lock, an atomic counter)",
            Source.UPDATED,
            this::countsUpdatesAtTheSameTime));
    rules.add(
        new Rule(
            "an update's answer is the new snapshot",
            RECOMMENDED,
            "an update is answered with the new status and its version",
            "a client that updates the status does not learn its version",
            Source.contract("POST /update-status: 200 and the new snapshot"),
            this::answersWithTheSnapshot));
    rules.add(
        new Rule(
            "a bad update is refused",
            RECOMMENDED,
            "an update without a status, or with a broken body, is answered 4xx and changes nothing",
            "an error in a client changes the status for all, or looks like an error of the server",
            Source.ERRORS,
            this::refusesBadUpdates));
    if (!options.updateMethod.equals("GET")) {
      rules.add(
          new Rule(
              "reading changes nothing",
              RECOMMENDED,
              "a GET request to the path of updates does not change the status",
              "a browser that prefetches links, or a crawler, changes the status",
              Source.standard(
                  "RFC 9110, 9.2.1", "GET is safe: it does not request a change of state"),
              this::changesNothingByGet));
    }
    if (options.updateToken != null) {
      rules.add(
          new Rule(
              "an update needs its token",
              RECOMMENDED,
              "an update without the token, or with a wrong one, is answered 401 or 403 and changes"
                  + " nothing",
              "any user can change the status",
              Source.TOKEN,
              this::needsItsToken));
    }
    return new Rule.Group("Updates", rules);
  }

  private void growsByOne() throws Broken, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    for (int update = 0; update < IN_TURN; update++) {
      SeenSnapshot after = server.update();
      Broken.unless(
          after.version().equals(before.version().plus(1)),
          "version %s came after %s".formatted(after.version(), before.version()));
      before = after;
    }
  }

  private void countsUpdatesAtTheSameTime() throws Broken, IOException, InterruptedException {
    for (int round = 0; round < AT_ONCE; round++) {
      SeenSnapshot before = server.current();
      List<Call> updates =
          server.others(before.status()).stream().map(server::startUpdate).toList();
      var versions = new HashSet<VersionNumber>();
      int told = 0;
      for (Call update : updates) {
        Optional<SeenSnapshot> snapshot = snapshotIn(server.accepted(update));
        told += snapshot.isPresent() ? 1 : 0;
        snapshot.ifPresent(one -> versions.add(one.version()));
      }
      expectGrown(before.version(), server.current().version(), updates.size());
      Broken.unless(
          versions.size() == told,
          "%d updates at the same time were answered with %d versions: %s"
              .formatted(told, versions.size(), versions));
    }
  }

  /// A version with a fraction is a timestamp, which may grow by any amount.
  private static void expectGrown(VersionNumber before, VersionNumber after, int updates)
      throws Broken {
    boolean counts = !before.isFraction() && !after.isFraction();
    Broken.unless(
        counts
            ? after.above(before).compareTo(BigDecimal.valueOf(updates)) >= 0
            : after.isNewerThan(before),
        "%d updates at the same time increased the version by %s"
            .formatted(updates, after.above(before).toPlainString()));
  }

  private Optional<SeenSnapshot> snapshotIn(HttpAnswer answer) {
    try {
      return Optional.of(server.snapshot(answer));
    } catch (Broken _) {
      return Optional.empty();
    }
  }

  private void answersWithTheSnapshot() throws Broken, IOException, InterruptedException {
    String status = server.others(server.current().status()).getFirst();
    SeenSnapshot told = server.snapshot(server.accepted(server.startUpdate(status)));
    SeenSnapshot read = server.current();
    Broken.unless(
        told.equals(read),
        "it answered %s, but the next poll was answered %s".formatted(told, read));
  }

  private void refusesBadUpdates() throws Broken, IOException, InterruptedException {
    try {
      expectRefused("no status", server.update(Optional.empty()));
      if (server.updatesBy(UpdateFormat.JSON)) {
        expectRefused(
            "a body that is not JSON", server.update("application/json", "{\"status\": \"En"));
        expectRefused("an empty body", server.update("application/json", ""));
      }
    } finally {
      // The server may have accepted one of these as a status.
      var _ = server.startUpdate(options.statuses.getFirst()).peek(limits.atOnce());
    }
  }

  private void expectRefused(String what, HttpRequest.Builder update)
      throws Broken, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    HttpAnswer answer = server.send(server.authorized(update)).within(limits.atOnce());
    Broken.unless(answer.isRefusal(), "%s was answered %s".formatted(what, answer));
    Broken.unless(
        server.current().equals(before), "%s was refused but changed the status".formatted(what));
  }

  private void changesNothingByGet() throws Broken, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    String query =
        CheckedServer.pair(options.updateField, server.others(before.status()).getFirst());
    server.send(server.authorized(server.get(options.updatePath, query))).within(limits.atOnce());
    Broken.unless(
        server.current().equals(before),
        "GET %s?%s changed the status".formatted(options.updatePath, query));
  }

  private void needsItsToken() throws Broken, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    var update = Optional.of(server.others(before.status()).getFirst());
    for (HttpRequest.Builder request :
        List.of(
            server.update(update),
            server.update(update).header("Authorization", "Bearer not-" + options.updateToken))) {
      HttpAnswer answer = server.send(request).within(limits.atOnce());
      Broken.unless(
          answer.code() == 401 || answer.code() == 403,
          "without the right token it answered %s".formatted(answer));
    }
    Broken.unless(server.current().equals(before), "it was refused but changed the status");
  }
}
