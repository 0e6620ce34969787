package pushlab.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pushlab.server.testing.Problems.assertProblem;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestCertificate;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// The certificates with which the server speaks TLS, and what it speaks with and without it.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {

  @TempDir private Path folder;

  @Test
  void selfSignedCertificateIsValidForEachNameOfThisMachine() throws Exception {
    try (var server = TestServer.start("--tls-self-signed")) {
      X509Certificate certificate = certificate(server.uri("/"));

      certificate.checkValidity();
      certificate.verify(certificate.getPublicKey());
      assertThat(certificate.getSubjectAlternativeNames())
          .extracting(name -> name.get(1).toString())
          .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1")
          .contains(InetAddress.getLocalHost().getHostName());
      assertThat(server.uri("/").getScheme()).isEqualTo("https");
      assertThat(server.get("/status").version()).isEqualTo(Version.HTTP_2);
    }
  }

  @Test
  void clientThatKnowsNoHttp2IsServedByHttp11() throws Exception {
    try (var server = TestServer.startTls();
        RawConnection client = server.connect()) {
      assertThat(client.send("GET /status HTTP/1.1", "Host: x", "").readTo("}"))
          .startsWith("HTTP/1.1 200 ");
      assertProblem(client.send("nonsense", "", "").readTo("}"), 400, "must be a method");
    }
  }

  @Test
  void webSocketWorksByTlsToo() throws Exception {
    try (var server = TestServer.startTls();
        var socket = WebSocketClient.open(server, "/ws")) {
      assertThat(socket.nextVersion()).isZero();
      server.update("x");
      assertThat(socket.nextVersion()).isEqualTo(1);
      server.server.close();
      assertThat(socket.nextButPings()).startsWith("close 1012");
    }
  }

  @Test
  void clearTextIsHttp11Only() throws Exception {
    try (var server = TestServer.start();
        RawConnection client = server.connect();
        RawConnection other = server.connect()) {
      client.send("GET /status HTTP/1.1", "Host: x", "Connection: Upgrade, HTTP2-Settings");
      client.send("Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");

      other.send("PRI * HTTP/2.0", "", "SM", "");
      assertProblem(other.readTo("}"), 505, "HTTP/2 is for those that agree on it within TLS");
    }
  }

  @Test
  void clientThatDoesNotSpeakTlsHarmsNoOther() throws Exception {
    try (var server = TestServer.startTls()) {
      var clearText = URI.create(server.uri("/").toString().replace("https", "http"));
      try (RawConnection client = RawConnection.to(clearText)) {
        client.send("GET /status HTTP/1.1", "Host: x", "");
        assertThat(client.readToEnd()).doesNotContain("HTTP/1.1");
      }
      assertThat(server.get("/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void failedHandshakesOccupyNoConnection() throws Exception {
    try (var server = TestServer.startTls("--max-connections=1")) {
      var clearText = URI.create(server.uri("/").toString().replace("https", "http"));
      for (int i = 0; i < 100; i++) {
        try (RawConnection client = RawConnection.to(clearText)) {
          client.send("GET / HTTP/1.1", "").readToEnd();
        }
      }
      assertThat(server.get("/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void handshakeThatDoesNotEndIsCut() throws Exception {
    try (var server = TestServer.startTls("--request-timeout=1s")) {
      var clearText = URI.create(server.uri("/").toString().replace("https", "http"));
      try (RawConnection silent = RawConnection.to(clearText);
          var socket = WebSocketClient.open(server, "/ws")) {
        assertThat(silent.readToEnd()).doesNotContain("HTTP");

        socket.ping("still there");
        assertThat(socket.next()).startsWith("text ");
        assertThat(socket.nextButPings()).isEqualTo("pong still there");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void fileWithoutACertificateIsRefused(String text) throws Exception {
    Path cert = Files.writeString(folder.resolve("cert.pem"), text);

    assertRefused(
        cert, TestCertificate.KEY, "--tls-cert: there is no certificate in PEM in " + cert);
  }

  /// With `|` for the end of a line.
  @ParameterizedTest
  @CsvSource({
    "'', there is no RSA or EC key in PEM",
    "nonsense, there is no RSA or EC key in PEM",
    "-----BEGIN PRIVATE KEY-----|AAAA|-----END PRIVATE KEY-----, there is no RSA or EC key in PEM",
    "-----BEGIN EC PRIVATE KEY-----|A|-----END EC PRIVATE KEY-----, there is no RSA or EC key",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----|A|-----END ENCRYPTED PRIVATE KEY-----, is encrypted",
    "'-----BEGIN RSA PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED||A|-----END', is encrypted"
  })
  void fileWithoutAKeyIsRefused(String text, String message) throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), text.replace('|', '\n'));

    assertRefused(TestCertificate.CERT, key, "--tls-key: ", message, key.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void keyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    byte[] other =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    Path key = TestCertificate.write(folder.resolve("key.pem"), "PRIVATE KEY", other);

    assertRefused(TestCertificate.CERT, key, "--tls-key: ", "is not that of the certificate");
  }

  @Test
  void fileThatCannotBeReadIsNamed() {
    Path missing = folder.resolve("missing");

    assertRefused(missing, TestCertificate.KEY, "--tls-cert: cannot read", missing.toString());
    assertRefused(TestCertificate.CERT, missing, "--tls-key: cannot read", missing.toString());
    assertRefused(TestCertificate.CERT, folder, "--tls-key: cannot read", "directory");
  }

  private static void assertRefused(Path cert, Path key, String... message) {
    assertThatThrownBy(() -> Certificates.read(cert, key))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains(message)
        .doesNotContain("\n");
  }

  private static X509Certificate certificate(URI address) throws Exception {
    try (var socket =
        (SSLSocket)
            TestCertificate.TRUST
                .getSocketFactory()
                .createSocket(address.getHost(), address.getPort())) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
