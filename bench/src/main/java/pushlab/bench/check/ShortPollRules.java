package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of the short poll, if the server has one.
final class ShortPollRules {

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  ShortPollRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "Short poll",
        List.of(
            new Rule(
                "short poll: the same status",
                FOUNDATION,
                "it is answered at once with the snapshot of the long poll",
                "two pages show different statuses",
                Source.SAME_AT_FIRST,
                this::tellsTheSame),
            new Rule(
                "short poll: each update",
                REQUIRED,
                "after an update it has the new version",
                "a page that polls shows an old status",
                Source.ALL_AT_ONCE,
                this::tellsEachUpdate),
            new Rule(
                "short poll: 304",
                RECOMMENDED,
                "it has an ETag, and answers 304 to If-None-Match while nothing changes",
                "each of many answers has a body that the client already has",
                Source.standard(
                    "RFC 9110, 13.1.2", "If-None-Match avoids sending again what has not changed"),
                this::saysNotModified)));
  }

  private void tellsTheSame() throws Broken, Skipped, IOException, InterruptedException {
    HttpAnswer answer = poll(Optional.empty());
    if (answer.isOfNothingThere()
        || (answer.isGood() && server.version(answer.body()).isMissingNode())) {
      throw new Skipped(
          "the server has none: %s answered %d, with no version".formatted(path(), answer.code()));
    }
    SeenSnapshot told = server.snapshot(answer);
    SeenSnapshot now = server.current();
    Broken.unless(told.equals(now), "it answered %s, but the long poll %s".formatted(told, now));
  }

  private String path() {
    return options.shortPollPath;
  }

  private HttpAnswer poll(Optional<String> etag) throws Broken, IOException, InterruptedException {
    var request = server.get(path(), "");
    etag.ifPresent(tag -> request.header("If-None-Match", tag));
    return server.send(request).within(limits.atOnce());
  }

  private void tellsEachUpdate() throws Broken, IOException, InterruptedException {
    for (int update = 0; update < 5; update++) {
      SeenSnapshot now = server.update();
      SeenSnapshot told = server.snapshot(poll(Optional.empty()));
      Broken.unless(told.equals(now), "it answered %s instead of %s".formatted(told, now));
    }
  }

  private void saysNotModified() throws Broken, IOException, InterruptedException {
    Optional<String> etag = poll(Optional.empty()).header("ETag");
    Broken.unless(etag.isPresent(), "it has no ETag");
    HttpAnswer same = poll(etag);
    Broken.unless(
        same.code() == 304, "it answered %s although nothing had changed".formatted(same));
    server.update();
    HttpAnswer changed = poll(etag);
    Broken.unless(changed.code() == 200, "after an update it answered %s".formatted(changed));
  }
}
