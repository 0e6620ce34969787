package pushlab.bench.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Listener;
import pushlab.bench.host.Processes;
import pushlab.bench.watch.Node;
import pushlab.bench.watch.Target;

/// A server that runs already, or several that share one state.
///
/// @param processes the id of the first process of each, in the target's order, whose children
///     count too; empty to look on this machine for those that hold its listening socket
/// @param store the id of the process of the store that they share, whose children count too; null
///     where it is not known
public record ExternalServer(Target target, List<Long> processes, @Nullable Long store) {

  public ExternalServer {
    processes = List.copyOf(processes);
  }

  /// At `target`; its processes are looked for.
  public static ExternalServer at(Target target) {
    return new ExternalServer(target, List.of(), null);
  }

  /// Each server's processes, where they are known.
  ///
  /// @throws IOException if there is no process of an id that was given
  List<Optional<Processes>> nodes() throws IOException {
    var nodes = new ArrayList<Optional<Processes>>();
    for (long id : processes) {
      nodes.add(Optional.of(process("--pid", id)));
    }
    if (processes.isEmpty()) {
      for (Node node : target.nodes()) {
        OptionalInt port = node.address().localPort();
        Set<ProcessHandle> holders =
            port.isPresent() ? Listener.on(port.getAsInt()) : Set.<ProcessHandle>of();
        nodes.add(holders.isEmpty() ? Optional.empty() : Optional.of(new Processes(holders)));
      }
    }
    return nodes;
  }

  /// The store's processes, where they are known.
  ///
  /// @throws IOException if there is no process of its id
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
