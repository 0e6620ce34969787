package pushlab.bench.net;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a server cannot be reached, in words for the user.
public final class Unreachable {

  private Unreachable() {}

  /// Why connecting to `address` failed with `cause`.
  public static String reason(ServerAddress address, @Nullable Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "there is no host named '%s'".formatted(address.host());
      case NoRouteToHostException _ -> "there is no route to " + address;
      case SocketTimeoutException _ -> "%s does not accept connections".formatted(address);
      case ConnectException e when isTimeout(e) ->
          "%s does not accept connections".formatted(address);
      case ConnectException _ -> "no server listens at " + address;
      case null -> "%s cannot be reached".formatted(address);
      default -> "%s cannot be reached: %s".formatted(address, cause.getMessage());
    };
  }

  /// Netty and the kernel use the same exception for a time-out and for a refusal.
  private static boolean isTimeout(ConnectException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out");
  }
}
