package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;
import pushlab.bench.check.Server.Snapshot;

/// The short poll, if the server has one.
final class ShortPollRules {

  private final Server server;
  private final CheckOptions options;
  private final Limits limits;

  ShortPollRules(Server server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "Short poll",
        false,
        List.of(
            new Rule(
                "short poll: the same status",
                FOUNDATION,
                "it is answered at once with what the long poll tells",
                "two pages show two statuses",
                Source.SAME_AT_FIRST,
                this::tellsTheSame),
            new Rule(
                "short poll: each update",
                REQUIRED,
                "after an update it tells the new version",
                "a page that polls shows what is out of date",
                Source.ALL_AT_ONCE,
                this::tellsEachUpdate),
            new Rule(
                "short poll: 304",
                RECOMMENDED,
                "it has an ETag, and answers 304 to If-None-Match while nothing changes",
                "each of many polls carries a body that the client has already",
                Source.standard(
                    "RFC 9110, 13.1.2", "If-None-Match saves sending again what has not changed"),
                this::saysNotModified)));
  }

  private void tellsTheSame() throws Broken, Skipped, IOException, InterruptedException {
    Answer answer = poll(Optional.empty());
    if (answer.isOfNothingThere()
        || (answer.isGood() && server.version(answer.body()).isMissingNode())) {
      throw new Skipped(
          "there is none: %s answered %d, with no version".formatted(path(), answer.code()));
    }
    Snapshot told = server.snapshot(answer);
    Snapshot now = server.current();
    Broken.unless(told.equals(now), "it answered %s, and the long poll %s".formatted(told, now));
  }

  private String path() {
    return options.shortPollPath;
  }

  private Answer poll(Optional<String> etag) throws Broken, IOException, InterruptedException {
    var request = server.get(path(), "");
    etag.ifPresent(tag -> request.header("If-None-Match", tag));
    return server.send(request).within(limits.atOnce());
  }

  private void tellsEachUpdate() throws Broken, IOException, InterruptedException {
    for (int update = 0; update < 5; update++) {
      Snapshot now = server.update();
      Snapshot told = server.snapshot(poll(Optional.empty()));
      Broken.unless(told.equals(now), "it answered %s where %s was due".formatted(told, now));
    }
  }

  private void saysNotModified() throws Broken, IOException, InterruptedException {
    Optional<String> etag = poll(Optional.empty()).header("ETag");
    Broken.unless(etag.isPresent(), "it has no ETag");
    Answer same = poll(etag);
    Broken.unless(same.code() == 304, "it answered %s though nothing had changed".formatted(same));
    server.update();
    Answer changed = poll(etag);
    Broken.unless(changed.code() == 200, "after an update it answered %s".formatted(changed));
  }
}
