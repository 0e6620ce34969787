package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import pushlab.report.result.Said;
import pushlab.report.result.road.Aspect;

/// A kind of proxy: all that the lab knows about it. Immutable.
///
/// A site has three listeners, all with the same settings: for HTTP/1.1, for clear-text HTTP/2 with
/// prior knowledge, and one that compresses event streams. See `docs/adding-a-proxy.md`.
public interface ProxyKind {

  /// The name of its file of results, for example `nginx`.
  String id();

  /// Its name for a reader.
  String name();

  /// The names that its program has on different systems.
  List<String> programs();

  /// What the program is asked for its version with, for example `-v`.
  List<String> versionArguments();

  /// Finds the version in the answer; its first group has digits and points.
  Pattern version();

  /// The oldest version that the configuration is for.
  String oldest();

  /// The files and the command line for that site.
  Setup setUp(Site site);

  /// The commands, one after the other, that make it read its configuration again.
  ///
  /// @param process that was started first
  List<List<String>> reload(Site site, ProcessHandle process);

  /// Why it has no listener for clear-text HTTP/2; empty if it has one.
  default Optional<Said> noHttp2() {
    return Optional.empty();
  }

  /// Why it has no listener that compresses event streams; empty if it has one.
  default Optional<Said> noCompression() {
    return Optional.empty();
  }

  /// For each aspect that settings change: these settings, a line each, in the language of its
  /// configuration. The remedied form contains each line, and so does its file in `docs/proxy`.
  Map<Aspect, String> remedies();

  /// The command that sends the signal of that name, without `SIG`.
  static List<List<String>> signal(String name, ProcessHandle process) {
    return List.of(List.of("sh", "-c", "kill -%s %d".formatted(name, process.pid())));
  }
}
