package pushlab.bench.host;

import static java.util.stream.Collectors.toCollection;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Cleans the environment of the processes that a measurement starts. They must not inherit what
/// the user has set for other servers, such as a store, a token or a limit. Nor must they inherit
/// the variables that a JVM reads by itself, because a run records the flags of its server.
public final class ChildEnvironment {

  private static final String OURS = "PUSHLAB_";
  private static final Set<String> OF_JVMS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private ChildEnvironment() {}

  /// Removes the forbidden variables from the `environment` of a process that is about to start.
  static void clear(Map<String, String> environment) {
    environment.keySet().removeIf(ChildEnvironment::isLeftOut);
  }

  /// The names of the variables of this process that child processes do not inherit.
  public static SortedSet<String> leftOut() {
    return System.getenv().keySet().stream()
        .filter(ChildEnvironment::isLeftOut)
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isLeftOut(String name) {
    return name.startsWith(OURS) || OF_JVMS.contains(name);
  }
}
