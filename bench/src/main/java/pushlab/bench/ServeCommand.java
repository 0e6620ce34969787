package pushlab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import pushlab.bench.host.Home;
import pushlab.bench.host.OwnPostgres;
import pushlab.bench.host.Servers;

/// `./lab serve --nodes N`: several servers in the foreground, until SIGTERM or Ctrl-C.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Starts several servers over one PostgreSQL, prints their addresses and runs them until it is"
          + " stopped. When one ends, it says which, and the others go on.",
      "Every other option is each server's: ./lab serve --help lists them."
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
      defaultValue = "${env:PUSHLAB_PORT:-8080}",
      description =
          "The first one's port, after which the others' follow; 0 for any free ones (default:"
              + " ${DEFAULT-VALUE}) [PUSHLAB_PORT]")
  private int port;

  @Option(
      names = "--store",
      defaultValue = "${env:PUSHLAB_STORE}",
      description =
          "The PostgreSQL to share, jdbc:postgresql://HOST/DATABASE?user=USER (default: one that is"
              + " started for them and removed with all that it keeps when they end)"
              + " [PUSHLAB_STORE]")
  private @Nullable String store;

  @Unmatched private final List<String> options = new ArrayList<>();

  /// Returns 1 once all servers have ended by themselves; by a signal the whole process ends, with
  /// 0.
  @Override
  public Integer call() throws IOException {
    require(nodes >= 1 && nodes <= MOST_NODES, "--nodes must be from 1 to " + MOST_NODES);
    require(
        port >= 0 && port + nodes - 1 <= LAST_PORT,
        "--port (PUSHLAB_PORT) must be from 0 to %d for so many nodes"
            .formatted(LAST_PORT - nodes + 1));
    require(
        store == null || store.startsWith("jdbc:postgresql:"),
        "--store (PUSHLAB_STORE) must be jdbc:postgresql://HOST/DATABASE?user=USER where there are several nodes:"
            + " memory and files belong to one process; or leave it out, and they get a PostgreSQL"
            + " of their own");
    try (var _ = new Interruption()) {
      serveUntilInterrupted();
    }
    return 1;
  }

  private void serveUntilInterrupted() throws IOException {
    try {
      serve();
    } catch (InterruptedException _) {
      // A signal that ended all in good order is no failure: by itself, the JVM exits with 143.
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  private void serve() throws IOException, InterruptedException {
    Home home = Home.find();
    if (store != null) {
      // Not as an option: what it has in it, other users of this machine could read there.
      serve(new Servers(home, Map.of("PUSHLAB_STORE", store)), store.replaceFirst("\\?.*", ""));
      return;
    }
    System.err.println("lab: starting a PostgreSQL for them");
    try (var postgres = OwnPostgres.start(home)) {
      serve(
          new Servers(home, postgres.environment()),
          "a PostgreSQL of their own, process %d, which ends with them".formatted(postgres.pid()));
    }
  }

  private void serve(Servers servers, String where) throws IOException, InterruptedException {
    try (servers) {
      for (int i = 0; i < nodes; i++) {
        var all = new ArrayList<>(options);
        all.add("--port=" + (port == 0 ? 0 : port + i));
        System.out.printf("Pushlab is at %s   (node %d)%n", servers.start(all), i + 1);
      }
      System.out.printf("Their one state is in %s   (Ctrl-C stops all)%n", where);
      servers.awaitEnd();
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
