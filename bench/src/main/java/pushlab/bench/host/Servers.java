package pushlab.bench.host;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Servers over one store, each in a process of its own, numbered from 1. What they print is
/// printed with the name of the server, except for lines of JSON, which are for programs.
public final class Servers implements AutoCloseable {

  private final Home home;
  private final Map<String, String> environment;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  private record Ended(String name, ServerProcess server, int exit) {}

  /// None yet; each is going to have `environment` beside that of this process.
  public Servers(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /// Starts one more, and gives its address once it answers there.
  ///
  /// @throws IOException if it does not start; the message says which and why
  /// @throws InterruptedException if the thread was interrupted before it had started
  public URI start(List<String> options) throws IOException, InterruptedException {
    String name = "node " + (servers.size() + 1);
    ServerProcess server;
    try {
      throwIfInterrupted();
      server =
          ServerProcess.start(
              home, options, its -> its.putAll(environment), output -> print(name, output));
    } catch (IOException e) {
      // Ctrl-C ends it as well.
      throwIfInterrupted();
      throw new IOException(name + ": " + Reason.of(e), e);
    }
    servers.add(server);
    server.onExit(exit -> ended.add(new Ended(name, server, exit)));
    return server.address();
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Says of each that ends which it was, and returns once all have.
  public void awaitEnd() throws InterruptedException {
    List<ServerProcess> left = new ArrayList<>(servers);
    while (!left.isEmpty()) {
      Ended one = ended.take();
      left.remove(one.server());
      System.err.printf(
          "lab: %s at %s has ended with exit code %d; %s%n",
          one.name(), one.server().address(), one.exit(), thoseThatGoOn(left));
    }
  }

  private static String thoseThatGoOn(List<ServerProcess> left) {
    return left.isEmpty()
        ? "none is left"
        : left.stream()
            .map(server -> server.address().toString())
            .collect(joining(", ", "still there: ", ""));
  }

  /// Stops all at once, in good order, and returns when they have ended.
  @Override
  public void close() {
    servers.forEach(ServerProcess::stop);
    servers.forEach(ServerProcess::close);
  }

  private static void print(String name, BufferedReader output) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("{")) {
          System.out.println(line);
        } else {
          System.err.println(name + ": " + line);
        }
      }
    } catch (IOException _) {
      // It has ended.
    }
  }
}
