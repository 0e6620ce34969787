package pushlab.bench.gatling;

import io.gatling.charts.stats.CountsVsTimePlot;
import io.gatling.charts.stats.GeneralStats;
import io.gatling.charts.stats.IntVsTimePlot;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.charts.stats.RequestStatsPath;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.Status;
import io.gatling.core.config.GatlingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/// Reads the log of one simulation with Gatling's own reader: the log is binary, and Gatling's
/// report has its numbers in HTML only.
final class SimulationLog {

  private static final Option<Status> EITHER_WAY = Option.empty();
  private static final Option<Status> FAILED = Option.apply(KO$.MODULE$);

  private SimulationLog() {}

  static GatlingStats read(Path report, Transport transport, GatlingLoad load, boolean finished) {
    LogFileData log =
        LogFileReader.apply(
                report.getFileName().toString(), report.getParent(), GatlingConfiguration.load())
            .read();
    return new GatlingStats(
        transport,
        load.clients(),
        subscribers(log).stream().mapToInt(IntVsTimePlot::value).max().orElse(0),
        load.ramp().toMillis() / 1000.0,
        load.hold().toMillis() / 1000.0,
        load.updatesPerSecond(),
        finished,
        requests(log),
        seconds(log),
        failures(log));
  }

  private static List<IntVsTimePlot> subscribers(LogFileData log) {
    return CollectionConverters.asJava(
        log.maxNumberOfConcurrentUsersPerSecond(Option.apply(PublisherScenario.SUBSCRIBERS)));
  }

  /// Both series have the same times, one second apart. The reader reduces a simulation of more
  /// than a thousand seconds to a thousand points.
  private static List<GatlingStats.Second> seconds(LogFileData log) {
    List<IntVsTimePlot> connected = subscribers(log);
    List<CountsVsTimePlot> answers =
        CollectionConverters.asJava(log.numberOfResponsesPerSecond(Option.empty(), Option.empty()));
    return IntStream.range(0, connected.size())
        .mapToObj(
            i ->
                new GatlingStats.Second(
                    connected.get(i).time() / 1000,
                    connected.get(i).value(),
                    answers.get(i).oks() + answers.get(i).kos()))
        .toList();
  }

  private static List<GatlingStats.Request> requests(LogFileData log) {
    return CollectionConverters.asJava(log.statsPaths()).stream()
        .filter(RequestStatsPath.class::isInstance)
        .map(path -> request(log, ((RequestStatsPath) path).request()))
        .toList();
  }

  private static GatlingStats.Request request(LogFileData log, String name) {
    GeneralStats all =
        log.requestGeneralStats(Option.apply(name), Option.empty(), EITHER_WAY).get();
    Option<GeneralStats> failed =
        log.requestGeneralStats(Option.apply(name), Option.empty(), FAILED);
    return new GatlingStats.Request(
        name,
        all.count(),
        failed.isEmpty() ? 0 : failed.get().count(),
        (int) all.percentile().apply(50.0),
        (int) all.percentile().apply(99.0),
        all.max());
  }

  private static List<GatlingStats.Failure> failures(LogFileData log) {
    return CollectionConverters.asJava(log.errors(Option.empty(), Option.empty())).stream()
        .map(error -> new GatlingStats.Failure(error.message(), error.count()))
        .toList();
  }
}
