package pushlab.bench.host;

import java.io.IOException;
import oshi.SystemInfo;
import pushlab.report.result.Run;

/// Describes the machine that this process runs on.
public final class MachineInfo {

  private MachineInfo() {}

  /// The machine and the JVM of this process, which is also that of the server.
  ///
  /// @throws IOException if the server's flags cannot be read
  public static Run.Machine read(Home home) throws IOException {
    var system = new SystemInfo();
    var processor = system.getHardware().getProcessor();
    return new Run.Machine(
        describe(system),
        processor.getProcessorIdentifier().getName().strip(),
        Runtime.getRuntime().availableProcessors(),
        system.getHardware().getMemory().getTotal() / (1024 * 1024),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        home.recordedFlags());
  }

  /// The operating system of this machine, with its version, and the kind of processor.
  public static String system() {
    return describe(new SystemInfo());
  }

  private static String describe(SystemInfo system) {
    return system.getOperatingSystem() + ", " + System.getProperty("os.arch");
  }
}
