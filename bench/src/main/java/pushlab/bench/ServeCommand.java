package pushlab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import pushlab.bench.host.Home;
import pushlab.bench.host.OwnPostgres;
import pushlab.bench.host.Servers;
import pushlab.bench.text.Texts;
import pushlab.report.text.Phrase;

/// `./lab serve --nodes N`: runs several servers in the foreground, until SIGTERM or Ctrl-C.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Starts several servers that share one PostgreSQL, prints their addresses and runs them until"
          + " Ctrl-C. If one of them ends, the others go on.",
      "Every other option applies to each server: ./lab serve --help lists them."
    })
final class ServeCommand implements Callable<Integer> {

  private static final int MOST_NODES = 20;
  private static final int LAST_PORT = 65_535;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      required = true,
      description = "How many servers, up to " + MOST_NODES + ".")
  private int nodes;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PUSHLAB_PORT:-8080}",
      description =
          "The port of the first server; the others take the ports after it. 0 takes free ports"
              + " (default: ${DEFAULT-VALUE}) [PUSHLAB_PORT]")
  private int port;

  @Option(
      names = "--store",
      paramLabel = "URL",
      defaultValue = "${env:PUSHLAB_STORE}",
      description =
          "The PostgreSQL to share, jdbc:postgresql://HOST/DATABASE?user=USER (default: a new one,"
              + " which is deleted when the servers end) [PUSHLAB_STORE]")
  private @Nullable String store;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Unmatched private final List<String> options = new ArrayList<>();

  /// Returns 1 once all servers have ended by themselves. On a signal the process stops them and
  /// exits with 0.
  @Override
  public Integer call() throws IOException {
    require(nodes >= 1 && nodes <= MOST_NODES, "--nodes must be from 1 to " + MOST_NODES);
    require(
        port >= 0 && port + nodes - 1 <= LAST_PORT,
        "--port (PUSHLAB_PORT) must be from 0 to %d with this many nodes"
            .formatted(LAST_PORT - nodes + 1));
    require(
        store == null || store.startsWith("jdbc:postgresql:"),
        "--store (PUSHLAB_STORE) must be jdbc:postgresql://HOST/DATABASE?user=USER with several nodes,"
            + " because memory and files belong to one process. Without it, the nodes share a new"
            + " PostgreSQL");
    try (var _ = new Interruption()) {
      serveUntilInterrupted();
    }
    return 1;
  }

  private void serveUntilInterrupted() throws IOException {
    try {
      serve();
    } catch (InterruptedException _) {
      // The servers have stopped in good order, but the JVM would exit with 143.
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  private void serve() throws IOException, InterruptedException {
    Home home = Home.find();
    if (store != null) {
      // Not as an option: other users of this machine could read the password in it.
      serve(new Servers(home, Map.of("PUSHLAB_STORE", store)), store.replaceFirst("\\?.*", ""));
      return;
    }
    System.err.println(say(Texts.of("error", Texts.of("serve.starting-postgres"))));
    try (var postgres = OwnPostgres.start(home)) {
      serve(
          new Servers(home, postgres.environment()),
          say(Texts.of("serve.own-postgres", postgres.pid())));
    }
  }

  private void serve(Servers servers, String where) throws IOException, InterruptedException {
    try (servers) {
      for (int i = 0; i < nodes; i++) {
        var all = new ArrayList<>(options);
        all.add("--port=" + (port == 0 ? 0 : port + i));
        System.out.println(say(Texts.of("serve.node", servers.start(all), i + 1)));
      }
      System.out.println(say(Texts.of("serve.shared", where)));
      servers.awaitEnd();
    }
  }

  private String say(Phrase phrase) {
    return phrase.in(spoken.language());
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
