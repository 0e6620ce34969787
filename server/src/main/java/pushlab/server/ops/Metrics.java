package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;
import pushlab.server.http.Problem;
import pushlab.server.transport.Deliveries;
import pushlab.server.transport.Subscribers;

/// `GET /metrics` answers with the server's metrics in the Prometheus text format. Other classes do
/// the counting. This one gives the numbers their names.
public final class Metrics implements HttpService, AutoCloseable {

  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry = new Registry();

  /// The metrics of the process itself.
  public Metrics() {
    Stream.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /// The metrics of `transport`, which are counted in the returned object.
  public Deliveries deliveries(String transport, Subscribers subscribers) {
    var deliveries = new Deliveries(subscribers, timer(transport));
    Gauge.builder("pushlab.readers.waiting", deliveries, Deliveries::waiting)
        .description("Held requests, open event streams and open WebSockets")
        .tag("transport", transport)
        .register(registry);
    counter("pushlab.deliveries", transport, deliveries, Deliveries::made)
        .description("Snapshots written to subscribers")
        .register(registry);
    counter("pushlab.versions.skipped", transport, deliveries, Deliveries::skipped)
        .description("Versions that subscribers never got, since they were behind")
        .register(registry);
    return deliveries;
  }

  /// Adds the number of open connections.
  public void connections(IntSupplier open) {
    Gauge.builder("pushlab.connections", open::getAsInt)
        .description("Open connections of all protocols")
        .register(registry);
  }

  /// Adds the number of updates.
  public void updates(LongSupplier updates) {
    FunctionCounter.builder("pushlab.updates", this, _ -> updates.getAsLong())
        .description("Updates made")
        .register(registry);
  }

  /// Counts a request that is answered by `problem`.
  public void refused(Problem problem) {
    Counter.builder("pushlab.requests.refused")
        .description("Requests that were answered by a problem document")
        .tag("status", problem.status().codeText())
        .register(registry)
        .increment();
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  @Override
  public void close() {
    registry.close();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, TEXT);
    response.header(Answers.NO_STORE);
    Get.send(request, response, registry.scrape(TEXT).getBytes(UTF_8));
  }

  private LongConsumer timer(String transport) {
    Timer timer =
        Timer.builder("pushlab.delivery.time")
            .description(
                "From an update until it was written, for each subscriber that waited for it")
            .tag("transport", transport)
            .serviceLevelObjectives(
                Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new))
            .register(registry);
    return millis -> timer.record(Duration.ofMillis(millis));
  }

  private static FunctionCounter.Builder<Deliveries> counter(
      String name, String transport, Deliveries deliveries, ToDoubleFunction<Deliveries> count) {
    return FunctionCounter.builder(name, deliveries, count).tag("transport", transport);
  }

  /// Prometheus refuses to write a counter below 0, and the whole answer would fail.
  private static final class Registry extends PrometheusMeterRegistry {

    private Registry() {
      super(PrometheusConfig.DEFAULT);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(
        Meter.Id id, T counted, ToDoubleFunction<T> count) {
      return super.newFunctionCounter(id, counted, of -> Math.max(0, count.applyAsDouble(of)));
    }
  }
}
