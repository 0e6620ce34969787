package pushlab.bench.check;

import java.io.IOException;
import java.util.ArrayList;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of the NDJSON stream, if the server has one.
final class NdjsonStreamRules {

  private static final String NAME = "NDJSON stream";
  private static final String TYPE = "application/x-ndjson";

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  NdjsonStreamRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    var feed = new FeedRules(NAME, server, limits, () -> open(""));
    var rules = new ArrayList<>(feed.rules());
    rules.add(feed.withoutDelay());
    rules.add(feed.resumes("/stream", options.lastVersionParameter, this::open));
    return new Rule.Group(NAME, rules);
  }

  Feed.Kind feed() {
    return new Feed.Kind(NAME, () -> open(""));
  }

  private Feed open(String query) throws Broken, Skipped, IOException, InterruptedException {
    var request = server.get(options.ndjsonPath, query).header("Accept", TYPE);
    return new NdjsonStream(HttpStream.open(server, limits, request, options.ndjsonPath, TYPE));
  }
}
