package pushlab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Accounting;
import pushlab.bench.host.Listener;
import pushlab.bench.watch.Node;
import pushlab.bench.watch.Target;

/// A server that runs already, or several that share one state.
///
/// @param processes the ids of their processes, in the target's order; empty to look for them on
///     this machine
/// @param store the id of the process of the store that they share, whose children count too; null
///     where it is not known
record Running(Target target, List<Long> processes, @Nullable Long store) {

  Running {
    processes = List.copyOf(processes);
  }

  /// At `target`; its processes are looked for.
  static Running at(Target target) {
    return new Running(target, List.of(), null);
  }

  /// Each server's process, where it is known.
  ///
  /// @throws IOException if there is no process of an id that was given
  List<Optional<Accounting>> nodes() throws IOException {
    var nodes = new ArrayList<Optional<Accounting>>();
    for (long id : processes) {
      nodes.add(Optional.of(process("--pid", id)));
    }
    if (processes.isEmpty()) {
      for (Node node : target.nodes()) {
        OptionalInt port = node.address().localPort();
        nodes.add(
            port.isPresent()
                ? Listener.on(port.getAsInt()).map(Accounting::new)
                : Optional.empty());
      }
    }
    return nodes;
  }

  /// The store's first process, where it is known.
  ///
  /// @throws IOException if there is no process of its id
  Optional<Accounting> accountingOfStore() throws IOException {
    return store == null ? Optional.empty() : Optional.of(process("--store-pid", store));
  }

  private static Accounting process(String option, long id) throws IOException {
    return new Accounting(
        ProcessHandle.of(id)
            .orElseThrow(
                () -> new IOException("%s: there is no process %d".formatted(option, id))));
  }
}
