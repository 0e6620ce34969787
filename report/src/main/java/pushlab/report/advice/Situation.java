package pushlab.report.advice;

import static java.util.Comparator.comparing;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SERVER_SENT_EVENTS;
import static pushlab.report.result.Transport.WEBSOCKET;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.Cell;
import pushlab.report.result.NamedNetworks;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A case that readers come with. Its words stand beside the other texts, under
/// `situation.<id>`.
///
/// @param clients how many are connected
/// @param updatesPerSecond how often what they look at changes
/// @param candidates what can be used at all, first what to take where measurement leaves several
/// @param criteria what decides, the most important first
/// @param between what stands between server and clients
/// @param network the network over which the clients are reached
@JsonPropertyOrder({
  "id",
  "clients",
  "updatesPerSecond",
  "candidates",
  "criteria",
  "between",
  "network",
  "title"
})
public record Situation(
    String id,
    int clients,
    double updatesPerSecond,
    List<Transport> candidates,
    List<Criterion> criteria,
    Between between,
    Network network) {

  /// What stands between server and clients.
  public enum Between {
    /// Nothing that decides.
    NOTHING,
    /// Networks that may have a proxy, which nobody of the server's side can set up.
    NETWORKS,
    /// A proxy that cannot be set up.
    PROXY;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// From here on a person notices a delay, begins to wait, and looks elsewhere (R. B. Miller,
  /// Response time in man-computer conversational transactions, 1968), in microseconds.
  private static final double NOTICED = 100_000;

  private static final double WAITED_FOR = 500_000;
  private static final double LOOKED_FOR = 2_000_000;

  /// A smaller ratio does not justify another transport.
  private static final double MATTERS = 1.25;

  /// For a phone's radio, the number of packets counts more than a few bytes in them.
  private static final double PACKETS = 2_000;

  /// All of them, in the order in which a report answers.
  static final List<Situation> ALL =
      List.of(
          new Situation(
              "payment",
              100,
              0.2,
              all(LONG_POLLING),
              List.of(
                  new Criterion(Measure.DELIVERY_P99, WAITED_FOR, MATTERS),
                  new Criterion(Measure.REQUESTS, 1.5, MATTERS),
                  new Criterion(Measure.BYTES, PACKETS, MATTERS)),
              Between.NETWORKS,
              NamedNetworks.MOBILE_4G),
          new Situation(
              "build",
              10,
              0.2,
              all(SERVER_SENT_EVENTS),
              List.of(
                  new Criterion(Measure.DELIVERY_P99, LOOKED_FOR, MATTERS),
                  new Criterion(Measure.REQUESTS, 0.5, MATTERS),
                  new Criterion(Measure.BYTES, 250, MATTERS)),
              Between.NOTHING,
              NamedNetworks.WIFI),
          new Situation(
              "dashboard",
              1000,
              1,
              all(SERVER_SENT_EVENTS),
              List.of(
                  new Criterion(Measure.DELIVERY_P99, WAITED_FOR, MATTERS),
                  new Criterion(Measure.SERVER_CPU, 0, MATTERS),
                  new Criterion(Measure.BYTES, 250, MATTERS)),
              Between.NOTHING,
              NamedNetworks.LAN),
          new Situation(
              "presence",
              100,
              20,
              all(WEBSOCKET),
              List.of(
                  new Criterion(Measure.DELIVERY_P99, NOTICED, MATTERS),
                  new Criterion(Measure.SERVER_CPU, 0, MATTERS),
                  new Criterion(Measure.BYTES, 0, MATTERS)),
              Between.NOTHING,
              NamedNetworks.WIFI),
          new Situation(
              "flag",
              10_000,
              0.2,
              all(SERVER_SENT_EVENTS, LONG_POLLING),
              List.of(
                  new Criterion(Measure.REQUESTS, 0.5, MATTERS),
                  new Criterion(Measure.MEMORY, 0, MATTERS),
                  new Criterion(Measure.SERVER_CPU, 0, MATTERS)),
              Between.NOTHING,
              NamedNetworks.MOBILE_4G),
          new Situation(
              "proxy",
              100,
              2,
              all(LONG_POLLING),
              List.of(
                  new Criterion(Measure.DELIVERY_P99, WAITED_FOR, MATTERS),
                  new Criterion(Measure.SERVER_CPU, 0, MATTERS)),
              Between.PROXY,
              NamedNetworks.LAN));

  /// All transports: `first` in this order, then those that ask least.
  private static List<Transport> all(Transport... first) {
    List<Transport> order = List.of(first);
    return Stream.concat(
            order.stream(),
            Arrays.stream(Transport.values())
                .filter(transport -> !order.contains(transport))
                .sorted(comparing(Transport::asking).reversed()))
        .toList();
  }

  /// Its name for a reader.
  @JsonProperty
  public Phrase title() {
    return Phrase.of("situation." + id + ".title");
  }

  /// Its name in a word.
  Phrase brief() {
    return Phrase.of("situation." + id + ".brief");
  }

  /// What would change the answer.
  @JsonProperty
  public Phrase change() {
    return Phrase.of("situation." + id + ".change");
  }

  /// Why the first of the candidates is preferred if measurement leaves several.
  Phrase preference() {
    return Phrase.of("situation." + id + ".preference");
  }

  /// How to measure it.
  String command() {
    return "./lab compare --clients %d --updates-per-second %s --network %s"
        .formatted(clients, Text.number(updatesPerSecond, Language.ENGLISH), network.name());
  }

  /// What is measured for it.
  @JsonIgnore
  public Workload workload() {
    return new Workload(clients, updatesPerSecond, 1, Cell.PAYLOAD, network);
  }

  /// The workloads of the situations whose clients are reached over `network`.
  public static List<Workload> over(Network network) {
    return ALL.stream()
        .map(Situation::workload)
        .filter(workload -> network.equals(workload.network()))
        .toList();
  }
}
