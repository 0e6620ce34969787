package pushlab.bench.host;

import static java.util.stream.Collectors.toCollection;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The environment of what is measured, and of what measures beside the watch. None of them may
/// have what the user has set for servers of their own: a store, a token, a limit. Nor may it have
/// what a JVM reads by itself: a run says by which flags its server ran.
public final class Surroundings {

  private static final String OURS = "PUSHLAB_";
  private static final Set<String> OF_JVMS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private Surroundings() {}

  /// Takes out of `environment`, that of a process which is to be started, what it may not have.
  static void clear(Map<String, String> environment) {
    environment.keySet().removeIf(Surroundings::isLeftOut);
  }

  /// The names of the variables of this process that those processes do not get.
  public static SortedSet<String> leftOut() {
    return System.getenv().keySet().stream()
        .filter(Surroundings::isLeftOut)
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isLeftOut(String name) {
    return name.startsWith(OURS) || OF_JVMS.contains(name);
  }
}
