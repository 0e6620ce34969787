package pushlab.bench.check;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;

/// The server's own page, as a browser shows it at the checked address. Its requests name that
/// address as their `Origin`.
final class OwnPage {

  private final CheckedServer server;
  private final Limits limits;

  /// An update of the page.
  ///
  /// @param refused the answer if it was refused; empty if it was not
  record Update(String origin, Optional<HttpAnswer> refused) {
    boolean isAboutHost() {
      return refused.filter(HttpAnswer::isAboutHost).isPresent();
    }
  }

  OwnPage(CheckedServer server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  /// Sends an update as the page does. If that is refused, sends the same as a program.
  ///
  /// @throws Broken if the update of the program is refused too
  Update update() throws Broken, IOException, InterruptedException {
    URI address = server.address();
    String origin = "%s://%s".formatted(address.getScheme(), address.getRawAuthority());
    String status = server.others(server.current().status()).getFirst();
    HttpAnswer answer =
        server
            .send(server.authorized(server.update(Optional.of(status))).header("Origin", origin))
            .within(limits.atOnce());
    if (!answer.isRefusal()) {
      return new Update(origin, Optional.empty());
    }
    server.accepted(server.startUpdate(status));
    return new Update(origin, Optional.of(answer));
  }
}
