package pushlab.server.tls;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PemReader;
import io.helidon.common.tls.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// The server's key and certificate, from two PEM files.
public final class Certificates {

  private Certificates() {}

  /// TLS with the certificate chain in `cert`, which begins with the server's own certificate, and
  /// its private key in `key`.
  ///
  /// @throws IllegalStateException if they cannot be used; the message names the option and says
  ///     why
  public static Tls read(Path cert, Path key) {
    List<X509Certificate> chain = chain(cert);
    PrivateKey privateKey = key(key);
    if (!belong(privateKey, chain.getFirst())) {
      throw new IllegalStateException(
          "--tls-key: the key in %s is not that of the certificate in %s".formatted(key, cert));
    }
    return tls(privateKey, chain);
  }

  static Tls tls(PrivateKey key, List<X509Certificate> chain) {
    return Tls.builder().privateKey(key).privateKeyCertChain(chain).build();
  }

  private static List<X509Certificate> chain(Path file) {
    String text = text("--tls-cert", file);
    try {
      return PemReader.readCertificates(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (RuntimeException e) {
      // Helidon's reader throws exceptions of several kinds.
      throw new IllegalStateException(
          "--tls-cert: there is no certificate in PEM in %s".formatted(file), e);
    }
  }

  private static PrivateKey key(Path file) {
    String text = text("--tls-key", file);
    if (text.contains("ENCRYPTED")) {
      throw new IllegalStateException(
          "--tls-key: the key in %s is encrypted; the server accepts only a decrypted one"
              .formatted(file));
    }
    try {
      return Keys.builder()
          .pem(pem -> pem.key(Resource.create("--tls-key", text)))
          .build()
          .privateKey()
          .orElseThrow();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "--tls-key: there is no RSA or EC key in PEM (PKCS#8, as openssl pkcs8 -topk8 -nocrypt"
              + " makes it) in %s".formatted(file),
          e);
    }
  }

  private static String text(String option, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException("%s: cannot read its file: %s".formatted(option, e), e);
    }
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    try {
      var signature =
          Signature.getInstance(
              "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm()));
      byte[] text = {1, 2, 3};
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
