package pushlab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
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
import pushlab.bench.check.Checked;
import pushlab.bench.host.Reason;
import pushlab.bench.net.Address;

/// `./lab check`: whether a server keeps the contract.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Checks any server against the rules of the course and of the lab's contract, from outside.",
      "Changes its status some thousand times; takes about 50 s, half of it for one hold."
    },
    footer = {
      "",
      "Exits with 0 if every required rule holds, 1 if one is broken or the server does not answer,"
          + " 2 if the options do not fit."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "For example http://127.0.0.1:8080")
  private String url = "";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write what was found to this file too; - for the standard output, and the rest goes to"
              + " the standard error.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write it as one page that opens in any browser.")
  private @Nullable Path html;

  @Option(
      names = "--strict",
      description = "Exit with 1 for a recommended rule that is broken, too.")
  private boolean strict;

  @Mixin private final CheckOptions options = new CheckOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    options.check(spec.commandLine());
    URI address = address();
    boolean jsonOut = json != null && json.toString().equals("-");
    var out = jsonOut ? System.err : System.out;
    out.println("Checking " + address);
    Checked checked = checked(address, out);
    out.println();
    out.println(address + " is " + checked.summary());
    if (jsonOut) {
      System.out.print(checked.json());
    } else if (json != null) {
      write(json, checked.json());
    }
    if (html != null) {
      write(html, CheckPage.of(checked));
    }
    return checked.passes(strict) ? 0 : 1;
  }

  /// What was given, by HTTP if that was left to us.
  private URI address() {
    try {
      var _ = Address.parse(url);
      return URI.create(url.contains("://") ? url : "http://" + url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), Reason.of(e), e);
    }
  }

  private Checked checked(URI address, PrintStream out) throws IOException, InterruptedException {
    try {
      return Check.run(address, options, out);
    } catch (SSLHandshakeException e) {
      throw new IOException(
          "%s has no certificate that can be trusted (--insecure trusts any): %s"
              .formatted(address, Reason.of(e)),
          e);
    } catch (IOException e) {
      throw new IOException("%s does not answer: %s".formatted(address, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof ConnectException ? "nobody listens there" : Reason.of(e);
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
