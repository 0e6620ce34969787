package pushlab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pushlab.bench.check.Check;
import pushlab.bench.check.CheckOptions;
import pushlab.bench.check.CheckPage;
import pushlab.bench.check.CheckResult;
import pushlab.bench.host.Reason;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.text.Phrase;

/// `./lab check`: tests whether a server keeps the contract.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Tests any server over HTTP against the rules of the course and of the lab's contract.",
      "It changes the server's status about a thousand times. It takes about 50 s; half of that is one"
          + " long poll that times out."
    },
    footer = {
      "",
      "A time is a number and its unit: 500ms, 2s, 1m.",
      "",
      "Exits with 0 if the server keeps every required rule, with 1 if it breaks one or does not"
          + " answer, and with 2 if the options are wrong. A rule that is broken by what stands between"
          + " does not count, except with --strict."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "The server, for example http://127.0.0.1:8080")
  private String url = "";

  @Option(
      names = "--direct",
      paramLabel = "URL",
      description =
          "The server's own address, if the other is that of a proxy. What is broken at the proxy is"
              + " tested there too, which tells whether it is the server's fault or the road's.")
  private @Nullable String direct;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the findings to this file as JSON. With - they go to standard output, and everything"
              + " else goes to standard error.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the findings to this file as one HTML page.")
  private @Nullable Path html;

  @Option(
      names = "--strict",
      description =
          "Exit with 1 if the server breaks a recommended rule, or the road any rule, too.")
  private boolean strict;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Mixin private final CheckOptions options = new CheckOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    options.check(spec.commandLine());
    URI address = address(url);
    URI own = direct == null ? null : address(direct);
    boolean jsonOut = json != null && json.toString().equals("-");
    var out = jsonOut ? System.err : System.out;
    out.println(Texts.of("check.begins", address).in(spoken.language()));
    CheckResult checked = checked(address, own, out);
    out.println();
    out.println(Texts.of("check.ends", address, checked.summary()).in(spoken.language()));
    if (jsonOut) {
      System.out.print(checked.json());
    } else if (json != null) {
      OutcomeOptions.write(json, checked.json());
    }
    if (html != null) {
      OutcomeOptions.write(html, CheckPage.of(checked));
    }
    return checked.passes(strict) ? 0 : 1;
  }

  /// The address that was given; `http` if it has no scheme.
  private URI address(String url) {
    try {
      var _ = ServerAddress.parse(url);
      return URI.create(url.contains("://") ? url : "http://" + url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), Reason.of(e), e);
    }
  }

  private CheckResult checked(URI address, @Nullable URI own, PrintStream out)
      throws IOException, InterruptedException {
    try {
      return Check.run(address, own, options, out, spoken.language());
    } catch (SaidException e) {
      throw e;
    } catch (SSLHandshakeException e) {
      throw new SaidException(Texts.of("check.no-certificate", address, Reason.of(e)), e);
    } catch (IOException e) {
      throw new SaidException(Texts.of("check.no-answer", address, reason(e)), e);
    }
  }

  private static Phrase reason(IOException e) {
    return e instanceof ConnectException
        ? Texts.of("check.no-server")
        : Phrase.verbatim(Reason.of(e));
  }
}
