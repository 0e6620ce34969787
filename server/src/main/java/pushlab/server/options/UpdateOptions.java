package pushlab.server.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.admin.UpdateToken;
import pushlab.server.http.Hosts;
import pushlab.server.http.Origins;

/// Which clients may update and open WebSockets.
final class UpdateOptions {

  @Option(
      names = "--update-token",
      paramLabel = "TOKEN",
      description =
          "The bearer token that an update must have; other users of this machine may see it on a"
              + " command line (default: none, anyone may update) [PUSHLAB_UPDATE_TOKEN]")
  @Nullable String token;

  @Option(
      names = "--update-token-file",
      paramLabel = "FILE",
      description = "The same, with the token in a file [PUSHLAB_UPDATE_TOKEN_FILE]")
  @Nullable Path tokenFile;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "Host names under which updates and WebSockets are accepted, as behind a proxy, besides"
              + " localhost, this machine's name and addresses (default: none if it listens on"
              + " loopback, else any) [PUSHLAB_ALLOW_HOST]")
  List<String> allowHosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Sites whose pages may also read, update and open WebSockets, such as https://example.org"
              + " (default: none but this server's own) [PUSHLAB_ALLOW_ORIGIN]")
  List<String> allowOrigins = List.of();

  void check(CommandLine command) {
    Range.require(
        command,
        token == null || tokenFile == null,
        "--update-token",
        "left out where --update-token-file is given");
    Range.require(
        command, token == null || UpdateToken.isToken(token), "--update-token", UpdateToken.FORM);
    Range.require(
        command,
        allowHosts.stream().allMatch(Hosts::isName),
        "--allow-host",
        "a name without scheme and port, such as lab.example.org");
    Range.require(
        command,
        allowOrigins.stream().allMatch(Origins::isOrigin),
        "--allow-origin",
        "an origin as browsers write it, such as https://example.org");
  }

  /// The token that an update needs.
  ///
  /// @throws IllegalStateException if its file has none; the message says why
  UpdateToken token() {
    if (tokenFile != null) {
      return UpdateToken.of(tokenIn(tokenFile));
    }
    return token == null ? UpdateToken.none() : UpdateToken.of(token);
  }

  private static String tokenIn(Path file) {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the update token: " + e, e);
    }
    if (!UpdateToken.isToken(token)) {
      throw new IllegalStateException(
          "there is no update token in %s: it must be %s".formatted(file, UpdateToken.FORM));
    }
    return token;
  }

  /// The origins from which a server that listens on `host` accepts updates and WebSockets.
  Origins origins(String host) {
    return new Origins(Hosts.of(host, allowHosts), allowOrigins);
  }
}
