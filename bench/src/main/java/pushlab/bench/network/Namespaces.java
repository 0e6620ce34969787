package pushlab.bench.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import pushlab.bench.host.ChildProcess;
import pushlab.bench.host.Home;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;

/// Runs this process again in a new network namespace (network_namespaces(7)), where it may make
/// and shape interfaces, and where nothing else is. The namespace has no name and ends with its
/// last process, so nothing is left of it even if all are killed.
public final class Namespaces {

  /// Set by this class alone, in the process that it starts.
  private static final String INSIDE = "pushlab.namespace";

  /// With root's rights; without them also a user namespace, in which the user is root. Files
  /// still belong to the user.
  private static final List<List<String>> WAYS =
      List.of(
          List.of("unshare", "--net"), List.of("unshare", "--user", "--map-root-user", "--net"));

  private Namespaces() {}

  /// Whether this process must run again in a namespace before it can shape these networks. False
  /// if it is in one already, if nothing is to be shaped, and if this machine can shape no
  /// packets: [Shapers#missing] says why.
  public static boolean isNeeded(Collection<Network> networks) {
    return !isInside()
        && networks.stream().anyMatch(network -> !network.isLoopback())
        && Shapers.missing().isEmpty();
  }

  /// Whether this process runs in a namespace that this class has made.
  public static boolean isInside() {
    return System.getProperty(INSIDE) != null;
  }

  /// Runs the command line of this process again in a new namespace, with the same environment,
  /// input and output, and waits for its end. Signals are passed on. If this process is killed,
  /// the other ends too.
  ///
  /// @return the exit code
  /// @throws IOException if this machine has no namespaces for this user
  /// @throws InterruptedException if the thread was interrupted
  public static int runInside() throws IOException, InterruptedException {
    var command = new ArrayList<>(way().orElseThrow(Namespaces::noWay));
    command.set(0, Commands.path(command.getFirst()));
    command.addAll(List.of("sh", "-c", "\"$1\" link set lo up && shift && exec \"$@\"", "sh"));
    command.add(Commands.path("ip"));
    command.addAll(List.of(Home.java("java"), "-D" + INSIDE + "=own"));
    List<String> own = ownCommandLine();
    command.addAll(own.subList(1, own.size()));
    return ChildProcess.runInPlace(command);
  }

  private static SaidException noWay() {
    return new SaidException(Texts.of("network.no-namespaces"));
  }

  private static List<String> ownCommandLine() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    // Each word ends with a zero.
    return List.of(line.substring(0, line.length() - 1).split("\0", -1));
  }

  /// The words before a command that runs it in a new namespace; empty if this user cannot make
  /// one. Found by trying, because rights, kernels and their settings differ.
  static Optional<List<String>> way() {
    return WAYS.stream()
        .filter(
            way -> {
              var trial = new ArrayList<>(way);
              trial.addAll(List.of(Commands.path("ip"), "link", "set", "lo", "up"));
              return Commands.succeeds(trial);
            })
        .findFirst();
  }
}
