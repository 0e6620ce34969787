package pushlab.bench.net;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a server cannot be reached, in words for the one who gave its address.
public final class Unreachable {

  private Unreachable() {}

  /// What `cause` means that came of connecting to `address`.
  public static String reason(Address address, @Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "there is no host named '%s'".formatted(address.host());
      case NoRouteToHostException _ -> "there is no way to " + address;
      case SocketTimeoutException _ -> "%s does not take connections".formatted(address);
      case ConnectException e when isTimeout(e) ->
          "%s does not take connections".formatted(address);
      case ConnectException _ -> "nobody listens at " + address;
      case null -> "%s cannot be reached".formatted(address);
      default -> "%s cannot be reached: %s".formatted(address, cause.getMessage());
    };
  }

  /// Netty and the kernel have one exception for both.
  private static boolean isTimeout(ConnectException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out");
  }
}
