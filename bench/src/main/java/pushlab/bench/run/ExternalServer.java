package pushlab.bench.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.ListeningProcesses;
import pushlab.bench.host.Processes;
import pushlab.bench.watch.Node;
import pushlab.bench.watch.Target;

/// A server that the lab has not started, or several that share one state.
///
/// @param processes the id of the first process of each server, in the order of the target; its
///     child processes count too. If empty, the lab looks for the processes that listen on the
///     target's port.
/// @param store the id of the first process of the store that they share; its child processes
///     count too. Null where it is unknown.
/// @param proxied whether a proxy listens on the target's port, so that the lab looks for no
///     processes there
public record ExternalServer(
    Target target, List<Long> processes, @Nullable Long store, boolean proxied) {

  public ExternalServer {
    processes = List.copyOf(processes);
  }

  /// Servers that the target's addresses are those of.
  public ExternalServer(Target target, List<Long> processes, @Nullable Long store) {
    this(target, processes, store, false);
  }

  /// The server behind the proxy at `target`.
  public static ExternalServer behind(Target target, List<Long> processes, @Nullable Long store) {
    return new ExternalServer(target, processes, store, true);
  }

  /// The server at `target`. The lab looks for its processes.
  public static ExternalServer at(Target target) {
    return new ExternalServer(target, List.of(), null);
  }

  /// The processes of each server; empty where they are unknown.
  ///
  /// @throws IOException if a given process id does not exist
  List<Optional<Processes>> nodes() throws IOException {
    var nodes = new ArrayList<Optional<Processes>>();
    for (long id : processes) {
      nodes.add(Optional.of(process("--pid", id)));
    }
    if (processes.isEmpty()) {
      for (Node node : target.nodes()) {
        OptionalInt port = proxied ? OptionalInt.empty() : node.address().localPort();
        Set<ProcessHandle> holders =
            port.isPresent() ? ListeningProcesses.on(port.getAsInt()) : Set.<ProcessHandle>of();
        nodes.add(holders.isEmpty() ? Optional.empty() : Optional.of(new Processes(holders)));
      }
    }
    return nodes;
  }

  /// All processes of the servers and of the store that are known now.
  Stream<ProcessHandle> all() {
    try {
      return Stream.concat(nodes().stream(), Stream.of(storeProcesses()))
          .flatMap(Optional::stream)
          .flatMap(processes -> processes.all().stream());
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  /// The processes of the store; empty where they are unknown.
  ///
  /// @throws IOException if the given process id does not exist
  Optional<Processes> storeProcesses() throws IOException {
    return store == null ? Optional.empty() : Optional.of(process("--store-pid", store));
  }

  private static Processes process(String option, long id) throws IOException {
    return Processes.of(
        ProcessHandle.of(id)
            .orElseThrow(
                () -> new IOException("%s: there is no process %d".formatted(option, id))));
  }
}
