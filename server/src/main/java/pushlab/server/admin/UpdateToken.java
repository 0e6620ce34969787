package pushlab.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;

/// The bearer token (RFC 6750) that an update needs. Only its digest is kept, so it can neither be
/// logged nor sent.
public final class UpdateToken {

  /// The form of a token, for a message.
  public static final String FORM = "letters, digits and -._~+/ only, then any =";

  private static final String TOKEN = "[A-Za-z0-9._~+/-]+=*";
  private static final Pattern BEARER =
      Pattern.compile("bearer +(" + TOKEN + ") *", Pattern.CASE_INSENSITIVE);
  private static final String CHALLENGE = "Bearer realm=\"pushlab\"";

  private final byte @Nullable [] digest;

  private UpdateToken(byte @Nullable [] digest) {
    this.digest = digest;
  }

  /// No token: every client may update.
  public static UpdateToken none() {
    return new UpdateToken(null);
  }

  /// Only clients that send `token` may update.
  public static UpdateToken of(String token) {
    return new UpdateToken(sha256(token));
  }

  /// Whether `token` has the form of a token.
  public static boolean isToken(String token) {
    return token.matches(TOKEN);
  }

  /// Returns if a request with these headers may update.
  ///
  /// @throws Problem 401 with `WWW-Authenticate` if it may not
  void check(ServerRequestHeaders headers) {
    if (digest == null) {
      return;
    }
    String sent =
        bearer(headers)
            .orElseThrow(
                () -> refusal("an update needs the header Authorization: Bearer TOKEN", CHALLENGE));
    if (!MessageDigest.isEqual(digest, sha256(sent))) {
      throw refusal("the token is not the right one", CHALLENGE + ", error=\"invalid_token\"");
    }
  }

  private static Problem refusal(String detail, String challenge) {
    return new Problem(Status.UNAUTHORIZED_401, "Authorization: " + detail)
        .with("WWW-Authenticate", challenge);
  }

  private static Optional<String> bearer(ServerRequestHeaders headers) {
    if (!headers.contains(HeaderNames.AUTHORIZATION)) {
      return Optional.empty();
    }
    List<String> given = headers.get(HeaderNames.AUTHORIZATION).allValues();
    return given.size() > 1
        ? Optional.empty()
        : Optional.of(BEARER.matcher(given.getFirst()))
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
