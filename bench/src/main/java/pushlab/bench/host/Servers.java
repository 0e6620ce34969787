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

/// Several servers of ours that share one store, each in its own process and numbered from 1. Their
/// output goes to standard error with the name of the server; lines of JSON go to standard output
/// unchanged, because machines read them.
public final class Servers implements AutoCloseable {

  private final Home home;
  private final Map<String, String> environment;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final BlockingQueue<Exit> ended = new LinkedBlockingQueue<>();

  private record Exit(String name, ServerProcess server, int exit) {}

  /// @param environment variables that each server gets, beside those of this process
  public Servers(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /// Starts one more server, and returns its address once it answers.
  ///
  /// @param options the options of `./lab serve`
  /// @throws IOException if it does not start; the message says which server and why
  /// @throws InterruptedException if the thread was interrupted before the server had started
  public URI start(List<String> options) throws IOException, InterruptedException {
    String name = "node " + (servers.size() + 1);
    ServerProcess server;
    try {
      throwIfInterrupted();
      server =
          ServerProcess.start(
              home, options, its -> its.putAll(environment), output -> print(name, output));
    } catch (IOException e) {
      // Ctrl-C has reached the server too.
      throwIfInterrupted();
      throw new IOException(name + ": " + Reason.of(e), e);
    }
    servers.add(server);
    server.onExit(exit -> ended.add(new Exit(name, server, exit)));
    return server.address();
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Waits until all servers have ended, and prints the name of each that ends.
  public void awaitEnd() throws InterruptedException {
    List<ServerProcess> left = new ArrayList<>(servers);
    while (!left.isEmpty()) {
      Exit one = ended.take();
      left.remove(one.server());
      System.err.printf(
          "lab: %s at %s has ended with exit code %d; %s%n",
          one.name(), one.server().address(), one.exit(), stillRunning(left));
    }
  }

  private static String stillRunning(List<ServerProcess> left) {
    return left.isEmpty()
        ? "no server is left"
        : left.stream()
            .map(server -> server.address().toString())
            .collect(joining(", ", "still running: ", ""));
  }

  /// Stops all servers at the same time, and returns when they have ended.
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
      // The server has ended.
    }
  }
}
