package pushlab.server.testing;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import pushlab.server.tls.SelfSigned;

/// A certificate for `localhost` and its key, made once for all tests.
public final class TestCertificate {

  public static final Path CERT;
  public static final Path KEY;

  /// Trusts every server.
  public static final SSLContext TRUST = Tls.builder().trustAll(true).build().sslContext();

  static {
    try {
      var made = SelfSigned.make(List.of()).prototype();
      Path folder = Files.createTempDirectory(Path.of("target"), "certificate");
      CERT =
          write(
              folder.resolve("cert.pem"),
              "CERTIFICATE",
              made.privateKeyCertChain().getFirst().getEncoded());
      KEY =
          write(
              folder.resolve("key.pem"),
              "PRIVATE KEY",
              made.privateKey().map(Key::getEncoded).orElseThrow());
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestCertificate() {}

  public static Path write(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file,
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text),
        StandardCharsets.US_ASCII);
  }
}
