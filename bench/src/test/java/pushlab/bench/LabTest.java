package pushlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.data.Index.atIndex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.result.ResultsFolder;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// The command line: its options, its errors, and its commands except `compare`.
@Timeout(120)
class LabTest extends LabProcess {

  @ParameterizedTest
  @ValueSource(strings = {"", "conquer", "compare --fast", "gatling conquer"})
  void anUnknownCommandPrintsAFewLinesAndExitsWithTwo(String arguments) throws Exception {
    Ended lab = lab(arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err().lines()).hasSizeBetween(2, 3);
    assertThat(lab.err()).containsPattern("(?m)^\\./lab.* --help lists the (commands|options)$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --transports nonsense            | no transport 'nonsense'; there are [short-polling, long
          --clients 0                      | --clients must be 1 to 20000
          --updates-per-second 0           | --updates-per-second must be more than 0, up to 1000
          --seconds 0                      | --seconds must be more than 0, up to 3600
          --poll-interval soon             | 'soon' is not a time; a time is a number and its unit
          --warm-up -1s                    | --warm-up must be from 0s to 3600s
          --target 127.0.0.1:8080          | --target
          --tasks 0                        | --tasks must be 1 to 1000
          --payload 10                     | --payload must be from 24 to 256 characters
          --poll-interval 1s,0s            | --poll-interval must be from 1ms to 3600s
          --idle 2h                        | --idle must be from 0s to 3600s
          --alone                          | --alone needs a --target
          --pid 1                          | --pid needs a --target
          --store-pid 1                    | --store-pid needs a --target
          --behind http://a --target http://b | --target cannot be combined with --behind
          --behind http://a --alone        | --alone cannot be combined with --behind
          --behind http://a --pid 1,2      | --pid must name one process: --behind is one address
          --behind http://a --delivery loop | --delivery cannot be combined with --behind
          --behind http://a --network 4g   | --network cannot be combined with --behind: the lab
          --target http://a --network 4g   | --network cannot be combined with --target: the lab
          --network 4g,5g                  | --network: there is no network '5g'; there are loopback
          --network loss=101%              | --network: 'loss=101%' is impossible
          --behind ftp://a                 | --behind:
          --target http://a:1 --pid 1,2    | --pid must name one process for each address of --target
          --target http://a:1,http://a:1/  | --target: 'http://a:1/' is given twice
          --lang de                        | no language 'de'; there are en, fr
          --target https://127.0.0.1       | 'https://127.0.0.1' is a TLS address
          """)
  void aWrongOptionIsNamedAndNothingIsLeftBehind(String option, String said) throws Exception {
    Path results = folder.resolve("results");
    Ended lab = lab("compare --results " + results + " " + option);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err().lines().findFirst())
        .hasValueSatisfying(
            line -> {
              assertThat(line).contains(said);
            });
    assertThat(lab.err()).doesNotContain("\tat ");
    assertThat(results).doesNotExist();
  }

  @Test
  void aTargetWithoutAServerIsReportedInOneLine() throws Exception {
    try (var nobody = new NobodyListens()) {
      String target = nobody.address().toString();
      assertFailsInOneLine(
          compare(SMALL + " --target " + target),
          target + " cannot be measured: no server listens at " + target);
      assertFailsInOneLine(
          lab("check " + target), target + " does not answer: no server listens there");
    }
  }

  @Test
  void anotherServerAsTheOwnAddressOfTheCheckedOneIsReportedInOneLine() throws Exception {
    try (var one = SmallServer.start();
        var other = SmallServer.start()) {
      assertFailsInOneLine(
          lab("check --direct %s %s".formatted(other.address(), one.address())),
          "--direct %s is not the server that %s asks".formatted(other.address(), one.address()));
    }
  }

  @Test
  void oneOfSeveralTargetsWithoutAServerIsNamed() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        var nobody = new NobodyListens()) {
      assertFailsInOneLine(
          compare(SMALL + " --target %s --target %s".formatted(server.address(), nobody.address())),
          " cannot be measured: ",
          "no server listens at " + nobody.address());
    }
  }

  @Test
  void anUntrustedCertificateIsReportedInOneLine() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--tls-self-signed"))) {
      assertFailsInOneLine(
          lab("check " + server.address()),
          server.address() + " has no trusted certificate (--insecure accepts any): ");
    }
  }

  @Test
  void aTargetOfAnotherKindIsReportedInOneLine() throws Exception {
    try (var other = SmallServer.start()) {
      for (String path : List.of("/status", "/poll-status", "/ws")) {
        other.on(path, (_, out) -> SmallServer.send(out, 404, "<html>Not here</html>"));
      }
      String target = other.address().toString();
      assertFailsInOneLine(
          compare(SMALL + " --target " + target), target + " cannot be measured: ", "404");
    }
  }

  @Test
  void aTargetThatDeliversNothingIsReportedInOneLine() throws Exception {
    try (var other = SmallServer.start()) {
      other.on("/update-status", (_, out) -> SmallServer.send(out, 200, other.current().json()));
      assertFailsInOneLine(
          compare(SMALL + " --alone --target " + other.address()),
          other.address()
              + " cannot be measured: it delivered nothing by websocket: no subscriber");
    }
  }

  @Test
  void aRunInWhichNothingWasDeliveredFailsWithItsCause() throws Exception {
    try (var other = SmallServer.start()) {
      var measured = new AtomicInteger();
      other.on(
          "/update-status",
          (request, out) -> {
            // The first is that of the trial before the first cell. The others end a measurement.
            if (request.status().startsWith("watch-end") || measured.getAndIncrement() == 0) {
              other.update(request.status());
            }
            SmallServer.send(out, 200, other.current().json());
          });
      Ended lab =
          compare(
              "--transports long-polling --clients 5 --updates-per-second 10 --no-suites --seconds 1"
                  + " --repeats 1 --warm-up 0s --alone --target "
                  + other.address());
      assertThat(lab.exit()).isEqualTo(1);
      assertThat(lab.err().lines().reduce((_, last) -> last).orElse(""))
          .startsWith("lab: " + other.address())
          .contains(": it delivered nothing by long-polling: no subscriber received the status");
      assertThat(lab.out()).contains("nothing was delivered", "report: ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ftp://127.0.0.1                            | 'ftp://127.0.0.1' is not an address such as
          http://                                    | 'http://' is not an address such as
          http://127.0.0.1 --direct ftp://127.0.0.1  | 'ftp://127.0.0.1' is not an address such as
          http://127.0.0.1 --poll-path poll          | 'poll' is not a path
          http://127.0.0.1 --statuses On,Off         | --statuses must be three or more
          http://127.0.0.1 --update-method GET       | --update-method GET needs
          http://127.0.0.1 --update-format xml       | --update-format
          http://127.0.0.1 --hold-at-least 40s       | --hold-at-least must be less than
          """)
  void aWrongOptionOfCheckIsNamed(String arguments, String said) throws Exception {
    Ended lab = lab("check " + arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err()).contains(said).endsWith("./lab check --help lists the options\n");
    assertThat(lab.err().lines()).hasSize(2);
  }

  @Test
  void aCheckOfACorrectServerExitsWithZero() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--hold=2200ms"))) {
      Ended lab = lab("check --strict --hold-at-least 2s " + server.address());
      assertThat(lab.out()).contains(" is right: ");
      assertThat(lab.exit()).isZero();
    }
  }

  @Test
  void aCheckOfAWrongServerExitsWithOneAndWritesItsFindings() throws Exception {
    Path page = folder.resolve("check.html");
    try (var other = SmallServer.start()) {
      other.on("/poll-status", (_, out) -> SmallServer.send(out, 200, "{}"));
      Ended lab = lab("check --json - --html " + page + " " + other.address().getAuthority());
      assertThat(lab.exit()).isEqualTo(1);
      JsonNode json = ResultsFolder.json().readTree(lab.out());
      assertThat(json.path("right").asBoolean(true)).isFalse();
      assertThat(lab.err())
          .contains("FAIL  first answer", other.address() + " is NOT RIGHT: 2 fail")
          .doesNotContain("\tat ");
    }
    assertThat(page).content(UTF_8).contains("first answer").endsWith("</html>\n");
  }

  @Test
  void resultsThatCannotBeWrittenAreReportedInOneLine() throws Exception {
    Path file = Files.createFile(folder.resolve("results"));
    assertFailsInOneLine(
        lab("compare --quick --results " + file), "cannot write results to " + file);
  }

  @Test
  void aReportOfAMissingFolderIsReportedInOneLine() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertFailsInOneLine(lab("report " + nowhere), "there is no folder " + nowhere);
  }

  @Test
  void aReportOfOneRunIsWrittenIntoItsFolderOnly() throws Exception {
    Ended lab = lab("report %s --out %s".formatted(folder, folder.resolve("elsewhere")));
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err()).contains("--out needs two runs");
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void jmhListsItsBenchmarksAndMeasuresASelectedOne() throws Exception {
    assertThat(lab("jmh --list samples").out())
        .contains("pushlab.bench.jmh.samples.DeadCode.wrong")
        .doesNotContain("DeliveryBenchmark");
    Path results = folder.resolve("results");
    Ended lab = lab("jmh --quick --results " + results + " VersionedStateBenchmark.current");
    assertThat(lab.exit()).isZero();
    assertThat(lab.out()).contains("results: " + results.resolve("jmh.json"));
    assertThat(ResultsFolder.json().readTree(results.resolve("jmh.json").toFile())).hasSize(1);
  }

  @Test
  void gatlingPrintsHowManyConnectionsAServerHoldsAndWhyNotMore() throws Exception {
    String capacity = " --transport sse --max 50 --per-second 50 --hold 1s --results " + folder;
    try (var server =
        PushlabServer.start(ServerOptions.parse("--port", "0", "--max-connections", "20"))) {
      Ended lab = lab("gatling capacity " + server.address() + capacity);
      assertThat(lab.exit()).isZero();
      assertThat(lab.out())
          .containsPattern(
              "Server-sent events: (1\\d|20) connections held; then the first error: .*503")
          .contains("report: " + folder.resolve("capacity-sse").resolve("index.html"));
    }
  }

  @Test
  void versusMeasuresOurServerAndAnotherInTurn() throws Exception {
    String address;
    Ended lab;
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      address = server.address().toString();
      lab =
          lab(
              "versus --clients 5 --updates-per-second 10 --seconds 1 --rounds 1"
                  + " --transports long-polling "
                  + address);
    }
    assertThat(lab.exit()).isZero();
    assertThat(lab.out().lines())
        .hasSize(8)
        .satisfies(
            line -> assertThat(line).startsWith("| Long polling | 5 | Pushlab | "), atIndex(2))
        .satisfies(
            line -> assertThat(line).startsWith("| Long polling | 5 | http://127.0.0.1:"),
            atIndex(3))
        .satisfies(
            line -> assertThat(line).startsWith("| Long polling | 5 | Pushlab | http://127.0.0.1:"),
            atIndex(7));
    assertThat(lab.out().lines().skip(2).limit(2))
        .allSatisfy(line -> assertThat(line).endsWith("| 0.0 (0.0 to 0.0) |"));
    assertThat(lab.err())
        .contains("round 1 of 1: Long polling, 5, Pushlab")
        .doesNotContain("\tat ");
  }

  @Test
  void versusMeasuresTwoServersOfOursThatHoldRequestsInTwoWays() throws Exception {
    Ended lab =
        lab(
            "versus --clients 5 --updates-per-second 10 --seconds 1 --rounds 1"
                + " --transports long-polling --delivery loop,threads");
    assertThat(lab.exit()).isZero();
    assertThat(lab.out().lines())
        .filteredOn(line -> line.startsWith("| Long polling | 5 | Pushlab ("))
        .hasSize(3)
        .last(STRING)
        .startsWith("| Long polling | 5 | Pushlab (loop) | Pushlab (threads) | ");
    assertThat(lab.err())
        .containsSubsequence("Pushlab (loop)", "Pushlab (threads)", "Pushlab (loop)");
  }

  @Test
  void versusMeasuresEachNumberOfClientsAndComparesOnlyTheSame() throws Exception {
    Ended lab =
        lab(
            "versus --clients 2,5 --updates-per-second 10 --seconds 1 --rounds 1"
                + " --transports long-polling --delivery loop,threads");
    assertThat(lab.exit()).isZero();
    assertThat(lab.out().lines().filter(line -> line.contains("Pushlab (")))
        .extracting(line -> line.replaceFirst("\\d+\\.\\d.*", ""))
        .containsExactly(
            "| Long polling | 2 | Pushlab (loop) | ",
            "| Long polling | 2 | Pushlab (threads) | ",
            "| Long polling | 5 | Pushlab (loop) | ",
            "| Long polling | 5 | Pushlab (threads) | ",
            "| Long polling | 2 | Pushlab (loop) | Pushlab (threads) | ",
            "| Long polling | 5 | Pushlab (loop) | Pushlab (threads) | ");
  }

  @Test
  void versusNamesTheServerThatDoesNotAnswer() throws Exception {
    try (var nobody = new NobodyListens()) {
      String target = nobody.address().toString();
      Ended lab = lab("versus --clients 5 --seconds 1 --transports websocket " + target);
      assertThat(lab.exit()).isEqualTo(1);
      assertThat(lab.err().lines().reduce((_, last) -> last))
          .hasValue("lab: no server listens at " + target);
      assertThat(lab.err()).doesNotContain("\tat ");
    }
  }
}
