package pushlab.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Options for the profilers that not every machine supports. A remark says why one is left out.
public final class Profilers {

  private static final int PERF_SECONDS = 10;

  private Profilers() {}

  /// JMH's options for `perfnorm`, which counts hardware events for each operation. Empty unless
  /// Linux's `perf` is installed and may count; on many virtual machines it may not.
  public static List<String> perf(Consumer<String> remark) throws InterruptedException {
    try {
      Process perf =
          new ProcessBuilder("perf", "stat", "-e", "cycles", "true")
              .redirectErrorStream(true)
              .start();
      String said = new String(perf.getInputStream().readAllBytes(), UTF_8);
      if (perf.waitFor(PERF_SECONDS, TimeUnit.SECONDS)
          && perf.exitValue() == 0
          && !said.contains("<not ")) {
        return List.of("-prof", "perfnorm");
      }
      remark.accept("without perf, which may not count cycles on this machine");
    } catch (IOException _) {
      remark.accept("without perf, which is not installed");
    }
    return List.of();
  }

  /// JMH's options for a flame graph of each benchmark, in its own folder within `folder`. Empty if
  /// async-profiler does not support this machine.
  ///
  /// @throws IOException if its library cannot be copied to `folder`
  public static List<String> flameGraphs(Path folder, Consumer<String> remark) throws IOException {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream library =
        Profilers.class.getResourceAsStream("/%s/libasyncProfiler.so".formatted(platform))) {
      if (library == null) {
        remark.accept("without flame graphs: async-profiler does not support " + platform);
        return List.of();
      }
      Path copy = Files.createDirectories(folder).resolve("libasyncProfiler.so").toAbsolutePath();
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      copy.toFile().deleteOnExit();
      return List.of(
          "-prof",
          "async:libPath=%s;output=flamegraph;event=%s;dir=%s"
              .formatted(copy, platform.startsWith("linux") ? "itimer" : "cpu", copy.getParent()));
    }
  }

  private static String platform(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return "macos";
    }
    return os + "-" + (processor.equals("aarch64") ? "arm64" : "x64");
  }
}
