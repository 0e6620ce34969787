package pushlab.bench.gatling;

import io.gatling.charts.stats.GeneralStats;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.charts.stats.RequestStatsPath;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.Status;
import io.gatling.core.config.GatlingConfiguration;
import java.nio.file.Path;
import java.util.List;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.Transport;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/// Reads the log of one simulation with Gatling's own reader: the log is binary, and the report
/// that Gatling makes of it has its numbers in HTML only.
final class SimulationLog {

  private static final Option<Status> EITHER_WAY = Option.empty();
  private static final Option<Status> FAILED = Option.apply(KO$.MODULE$);

  private SimulationLog() {}

  static GatlingStats read(Path report, Transport transport, Load load, boolean finished) {
    LogFileData log =
        LogFileReader.apply(
                report.getFileName().toString(), report.getParent(), GatlingConfiguration.load())
            .read();
    return new GatlingStats(
        transport,
        load.clients(),
        mostSubscribers(log),
        load.ramp().toMillis() / 1000.0,
        load.hold().toMillis() / 1000.0,
        load.updatesPerSecond(),
        finished,
        requests(log),
        failures(log));
  }

  private static int mostSubscribers(LogFileData log) {
    return CollectionConverters.asJava(
            log.maxNumberOfConcurrentUsersPerSecond(Option.apply(Publisher.SUBSCRIBERS)))
        .stream()
        .mapToInt(second -> second.value())
        .max()
        .orElse(0);
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
