package pushlab.bench.road;

import java.io.IOException;
import pushlab.report.result.Said;

/// Why a probe has no value.
final class NotSeenException extends IOException {

  private final transient Said why;

  NotSeenException(Said why) {
    super(why.text());
    this.why = why;
  }

  Said why() {
    return why;
  }
}
