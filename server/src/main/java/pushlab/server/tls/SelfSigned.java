package pushlab.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A self-signed certificate, made by the JDK's `keytool`. The JDK has no other supported way to
/// make one.
public final class SelfSigned {

  private static final String ALIAS = "pushlab";

  private SelfSigned() {}

  /// TLS with a new key and certificate for `localhost`, the loopback addresses and `hosts`. The
  /// certificate is valid for a year. Both are kept in memory only.
  ///
  /// @throws IllegalStateException if they cannot be made; the message names the option and says
  ///     why
  public static Tls make(Collection<String> hosts) {
    String password = UUID.randomUUID().toString();
    try {
      Path folder = Files.createTempDirectory("pushlab-tls");
      Path file = folder.resolve("key.p12");
      try {
        generate(file, password, names(hosts));
        return read(file, password.toCharArray());
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("--tls-self-signed: cannot make a certificate: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("--tls-self-signed: interrupted", e);
    }
  }

  private static void generate(Path file, String password, String names)
      throws IOException, InterruptedException {
    var keytool =
        new ProcessBuilder(
            keytool(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "365",
            "-dname",
            "CN=Pushlab",
            "-ext",
            "san=" + names,
            "-ext",
            "eku=serverAuth",
            "-alias",
            ALIAS,
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass:env",
            "PASSWORD");
    // Other users of this machine can see a process's arguments, but not its environment.
    keytool.environment().put("PASSWORD", password);
    Process process = keytool.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool says: " + said.strip().replaceAll("\\s+", " "));
    }
  }

  /// The `keytool` of the JDK that runs this server.
  private static String keytool() {
    return ProcessHandle.current()
        .info()
        .command()
        .map(java -> Path.of(java).resolveSibling("keytool").toString())
        .orElse("keytool");
  }

  private static Tls read(Path file, char[] password) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, password);
    }
    return Certificates.tls(
        (PrivateKey) store.getKey(ALIAS, password),
        List.of((X509Certificate) store.getCertificate(ALIAS)));
  }

  private static String names(Collection<String> hosts) {
    return Stream.concat(Stream.of("localhost", "127.0.0.1", "::1"), hosts.stream())
        .distinct()
        .map(name -> name.contains(":") || name.matches("[0-9.]+") ? "ip:" + name : "dns:" + name)
        .filter(name -> name.matches("ip:.*|dns:[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?"))
        .collect(Collectors.joining(","));
  }
}
