package pushlab.bench.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import pushlab.report.text.Language;

/// A check with short time limits: its result and its output.
record Checking(CheckResult checked, String said) {

  static final Limits LIMITS =
      new Limits(
          Duration.ofMillis(1500),
          Duration.ofMillis(200),
          CheckTest.SHORTEST_HOLD,
          Duration.ofMillis(4000),
          40,
          Duration.ofSeconds(5),
          Duration.ofSeconds(40));

  /// Checks the server at `address`.
  ///
  /// @param arguments options of `check`
  static Checking of(URI address, String... arguments) throws IOException, InterruptedException {
    return of(Language.ENGLISH, address, arguments);
  }

  /// Checks the server at `address`, and what is broken there also at `direct`.
  static Checking compared(URI address, URI direct) throws IOException, InterruptedException {
    return of(Language.ENGLISH, address, direct);
  }

  /// Checks the server at `address`, printed in `language`.
  static Checking of(Language language, URI address, String... arguments)
      throws IOException, InterruptedException {
    return of(language, address, null, arguments);
  }

  private static Checking of(
      Language language, URI address, @Nullable URI direct, String... arguments)
      throws IOException, InterruptedException {
    var options = new CheckOptions();
    var command = new CommandLine(options);
    command.parseArgs(arguments);
    options.check(command);
    var out = new ByteArrayOutputStream();
    CheckResult checked =
        Check.run(
            address,
            direct,
            options,
            LIMITS,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            language);
    return new Checking(checked, out.toString(StandardCharsets.UTF_8));
  }

  /// A busy machine may delay an answer beyond a limit. A fault counts if it is found three times.
  static <T> T upToThrice(Predicate<T> isAsExpected, Callable<T> check) throws Exception {
    T checked = check.call();
    for (int again = 0; again < 2 && !isAsExpected.test(checked); again++) {
      checked = check.call();
    }
    return checked;
  }
}
