package pushlab.server.options;

import io.helidon.common.tls.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import pushlab.server.http.Hosts;
import pushlab.server.tls.Certificates;
import pushlab.server.tls.SelfSigned;

/// Whether the server speaks TLS, and with which certificate.
final class TlsOptions {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Serve https, by HTTP/2 where the client can, with the certificate chain in this PEM file"
              + " [PUSHLAB_TLS_CERT]")
  @Nullable Path cert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key, in a PEM file, unencrypted [PUSHLAB_TLS_KEY]")
  @Nullable Path key;

  @Option(
      names = "--tls-self-signed",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "The same with a certificate that is made at the start, for a classroom: browsers warn of"
              + " it [PUSHLAB_TLS_SELF_SIGNED]")
  boolean selfSigned;

  void check(CommandLine command) {
    Range.require(command, cert == null || key != null, "--tls-key", "given where --tls-cert is");
    Range.require(command, key == null || cert != null, "--tls-cert", "given where --tls-key is");
    Range.require(
        command,
        !selfSigned || cert == null,
        "--tls-self-signed",
        "left out where --tls-cert is given");
  }

  /// TLS on `host`; empty for clear text.
  ///
  /// @throws IllegalStateException if key or certificate cannot be used; the message says why
  Optional<Tls> on(String host) {
    if (selfSigned) {
      return Optional.of(SelfSigned.make(List.of(Hosts.machine(), host)));
    }
    return cert == null || key == null
        ? Optional.empty()
        : Optional.of(Certificates.read(cert, key));
  }
}
