package pushlab.bench.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;

/// A network namespace for a server. A small process holds it, which ends when this is closed, and
/// also when this process is killed.
final class ServerNamespace implements AutoCloseable {

  /// Ctrl-C reaches the shell too, so it ignores signals. It reads from a pipe of this process.
  private static final String HOLD =
      """
      trap '' HUP INT TERM
      "$1" link set lo up || exit
      echo held
      read -r line
      """;

  private final Process holder;

  private ServerNamespace(Process holder) {
    this.holder = holder;
  }

  /// Makes a namespace whose loopback interface is up.
  ///
  /// @throws IOException if this process may not; the message says why
  static ServerNamespace make() throws IOException {
    Process holder =
        new ProcessBuilder(
                Commands.path("unshare"),
                "--net",
                "sh",
                "-c",
                HOLD,
                "network-namespace",
                Commands.path("ip"))
            .redirectErrorStream(true)
            .start();
    String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"held".equals(said)) {
      holder.destroyForcibly();
      throw new SaidException(Texts.of("network.no-namespace", String.valueOf(said)));
    }
    return new ServerNamespace(holder);
  }

  /// The words before a command that run it in this namespace. The command has the process id of
  /// the first word.
  List<String> words() {
    return List.of(Commands.path("nsenter"), "--net=/proc/" + holder.pid() + "/ns/net", "--");
  }

  /// Runs the lines as commands of `ip`.
  ///
  /// @throws IOException if one fails
  void ip(List<String> lines) throws IOException {
    run(List.of("ip", "-batch", "-"), lines);
  }

  /// Runs a command in this namespace.
  ///
  /// @param lines what it reads
  /// @throws IOException if it fails; the message is its first line
  void run(List<String> command, List<String> lines) throws IOException {
    var all = new ArrayList<>(words());
    all.add(Commands.path(command.getFirst()));
    all.addAll(command.subList(1, command.size()));
    Commands.run(all, String.join("\n", lines));
  }

  /// The folder of this namespace's counters, as proc(5) describes `/proc/net`.
  Path counters() {
    return Path.of("/proc", Long.toString(holder.pid()), "net");
  }

  long pid() {
    return holder.pid();
  }

  /// A socket of this namespace, which threads of any namespace may use.
  ///
  /// @throws IOException if it cannot be opened
  DatagramChannel openSocket() throws IOException {
    var opened = new CompletableFuture<DatagramChannel>();
    Thread.ofPlatform()
        .name("in the server's namespace")
        .start(
            () -> {
              try {
                ThreadNamespace.enter(Path.of("/proc", Long.toString(holder.pid()), "ns", "net"));
                opened.complete(DatagramChannel.open());
              } catch (IOException e) {
                opened.completeExceptionally(new UncheckedIOException(e));
              } catch (RuntimeException e) {
                opened.completeExceptionally(e);
              }
            });
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
    } catch (IOException _) {
      // It has been killed.
    }
    holder.onExit().join();
  }
}
