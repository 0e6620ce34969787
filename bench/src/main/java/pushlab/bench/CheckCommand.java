package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import pushlab.bench.check.Check;

/// `./lab check`: whether a server keeps the contract.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = {
      "Checks any server against the rules of the long poll, from outside.",
      "Changes the status of its default task; takes about half a minute."
    })
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "URL", description = "For example http://127.0.0.1:8080")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private URI address;

  @Option(names = "--insecure", description = "Trust any certificate, such as a self-signed one")
  private boolean insecure;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
      throw new IOException("'%s' is no address such as http://127.0.0.1:8080".formatted(address));
    }
    try {
      return Check.run(address, insecure, System.out) ? 0 : 1;
    } catch (SSLHandshakeException e) {
      throw new IOException(
          "%s has no certificate that can be trusted (--insecure trusts any): %s"
              .formatted(address, Lab.reason(e)),
          e);
    } catch (IOException e) {
      throw new IOException("%s does not answer: %s".formatted(address, Lab.reason(e)), e);
    }
  }
}
