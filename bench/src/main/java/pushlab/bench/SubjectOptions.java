package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.host.MachineInfo;
import pushlab.bench.road.GivenProxy;
import pushlab.bench.road.Waits;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.text.Texts;
import pushlab.bench.watch.Target;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Language;

/// The options that choose the server to measure, and the proxy in front of it.
final class SubjectOptions {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "URL",
      description =
          "Measure the server at this address too, and compare it with ours. It takes twice the time."
              + " Several addresses name servers that share one state: updates go to the first, and"
              + " the clients are spread over all.")
  private List<URI> target = List.of();

  @Option(names = "--alone", description = "Measure only the server of --target, and not ours.")
  private boolean alone;

  @Option(
      names = "--behind",
      paramLabel = "URL",
      description =
          "Measure only the server behind the proxy at this address, through that proxy, and first"
              + " for a minute what the proxy does to each transport. The report then answers for"
              + " this proxy. CPU time and memory of the server are measured with --pid.")
  private @Nullable URI behind;

  @Option(
      names = "--pid",
      split = ",",
      paramLabel = "N",
      description =
          "The first process of each server of --target. The lab measures the CPU time and memory"
              + " of it and its child processes (default: the processes that listen on the port;"
              + " with --behind, where a proxy listens, none).")
  private List<Long> processes = List.of();

  @Option(
      names = "--store-pid",
      paramLabel = "N",
      description =
          "The first process of the store that the servers of --target share, for example the"
              + " postmaster of PostgreSQL. The lab measures its CPU time.")
  private @Nullable Long store;

  /// Whether our server is not measured.
  boolean isAlone() {
    return alone || behind != null;
  }

  /// The server that was given; null if it is only ours.
  ///
  /// @param ofOurServer the options that were given and concern our server, with the reason
  /// @throws ParameterException if the options contradict each other
  @Nullable ExternalServer given(Map<String, String> ofOurServer) {
    if (behind != null) {
      require(target.isEmpty(), "--target cannot be combined with --behind: it is one address");
      require(!alone, "--alone cannot be combined with --behind: nothing else is measured");
      require(processes.size() <= 1, "--pid must name one process: --behind is one address");
    } else if (target.isEmpty()) {
      require(!alone, "--alone needs a --target");
      require(processes.isEmpty(), "--pid needs a --target");
      require(store == null, "--store-pid needs a --target");
      return null;
    } else {
      require(
          processes.isEmpty() || processes.size() == target.size(),
          "--pid must name one process for each address of --target");
    }
    String option = behind == null ? "--target" : "--behind";
    ofOurServer.forEach(
        (ours, why) -> require(false, ours + " cannot be combined with " + option + ": " + why));
    try {
      return behind == null
          ? new ExternalServer(Target.of(target), processes, store)
          : ExternalServer.behind(Target.of(behind), processes, store);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
    }
  }

  /// Measures the proxy of `--behind`, if there is one, and writes it into `folder`.
  ///
  /// @throws IOException if nothing answers there, or no server of the contract
  void measureProxy(ResultsFolder folder, Language language)
      throws IOException, InterruptedException {
    if (behind != null) {
      System.err.println(Texts.of("proxies.behind", behind).in(language));
      folder.write(GivenProxy.measure(behind, Waits.WHOLE.hold(), MachineInfo.system()));
    }
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }
}
