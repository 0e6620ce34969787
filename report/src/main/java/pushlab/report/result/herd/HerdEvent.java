package pushlab.report.result.herd;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What happens to all clients at the same moment.
public enum HerdEvent {
  /// An update.
  UPDATE,
  /// The hold of all long polls ends. For the other transports there is no such event.
  HOLD_END,
  /// The server stops gracefully and is started again.
  RESTART,
  /// The server is killed (`kill -9`) and started again.
  KILL,
  /// No packet passes between server and clients for a while.
  CUT;

  /// Whether it ends connections, or lets them end, so that clients have to come back.
  public boolean endsConnections() {
    return this == RESTART || this == KILL || this == CUT;
  }

  /// Its name in JSON and on the command line.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
