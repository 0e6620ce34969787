package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The `lab` script in a difficult environment: a copy of this checkout, which was moved after the
/// build into a folder whose name has a space, a quote and accents. It is called by a link from
/// another folder, without a home, in the C locale.
@Timeout(120)
class LabScriptTest extends LabProcess {

  /// A shell creates the folder, because this JVM may be unable to encode its name.
  private static final String COPY =
      """
      set -eu
      umask 022
      moved="$1/l'été à côté"
      mkdir "$1/built"
      cd "$2"
      tar cf - --exclude='*.aot*' lab pom.xml LICENSE NOTICE README.md README.fr.md \\
        CONTRIBUTING.md server/jvm.options docs findings target/lib | tar xf - -C "$1/built"
      touch "$1/built/target/built"
      cp "$JAVA_HOME/release" "$1/built/target/lib/server.aot.jdk"
      mv "$1/built" "$moved"
      ln -s "$moved/lab" "$1/lab"
      ln -s "$moved" "$1/home"

      mkdir -p "$1/unbuilt/target"
      cp "$moved/lab" "$1/unbuilt"
      ln -s "$moved/target/lib" "$1/unbuilt/target/lib"
      mkdir "$1/tools"
      for tool in readlink dirname locale find head cat tr mkdir rm mv touch sed sleep; do
        printf '#!/bin/sh\\nexec %s "$@"\\n' "$(command -v $tool)" >"$1/tools/$tool"
        chmod +x "$1/tools/$tool"
      done
      """;

  /// Replaces Maven, and takes a while.
  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = --version ]; then
        echo "Apache Maven 3.8.7"
        exit
      fi
      echo begin >>"${0%/*}/builds"
      sleep 2
      echo end >>"${0%/*}/builds"
      """;

  private static final String SMALLEST =
      "compare --transports long-polling --clients 2 --updates-per-second 10 --seconds 1"
          + " --repeats 1 --warm-up 0s --idle 0s --no-suites";

  private static final String ARABIC = "-Duser.language=ar -Duser.country=EG";
  private static final String TURKISH = "-Duser.language=tr -Duser.country=TR";

  @TempDir static Path place;

  @BeforeAll
  static void copy() throws Exception {
    Path script = Files.writeString(place.resolve("copy"), COPY);
    var copy = new ProcessBuilder("sh", script.toString(), place.toString(), CHECKOUT.toString());
    copy.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertThat(copy.inheritIO().start().waitFor()).isZero();
  }

  /// In Arabic, whose digits are not ASCII, and with another collector than the server's.
  @Test
  void serveCheckAndGatlingWork() throws Exception {
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC " + ARABIC);
    Process server = builder(environment, "serve", "--port=0", "--hold=2s").start();
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      String said = out.readLine();
      assertThat(said).matches("Pushlab is at http://127\\.0\\.0\\.1:[0-9]+/   .*");
      String address = said.replaceFirst("Pushlab is at (\\S+)/ .*", "$1");
      assertThat(statusOf(address)).isEqualTo(200);

      // Another test requires that it passes, with time limits for a busy machine.
      Ended check = run(environment, "check", address, "--hold-at-least=1s", "--hold-at-most=3s");
      assertThat(check.out()).containsPattern(address + " is .*[45][0-9] pass");

      String capacity = "gatling capacity --transport sse --max 5 --per-second 5 --hold 1s ";
      Ended loaded = run(environment, (capacity + address).split(" "));
      assertThat(loaded.exit()).as(loaded.err()).isZero();
    } finally {
      server.toHandle().destroy();
    }
    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void compareWorks() throws Exception {
    Ended compare = run(Map.of("JAVA_TOOL_OPTIONS", ARABIC), SMALLEST.split(" "));
    assertThat(compare.exit()).as(compare.err()).isZero();
    assertThat(compare.out()).contains("report: ", "/index.html");
  }

  @ParameterizedTest
  @ValueSource(strings = {ARABIC, TURKISH})
  void reportWorks(String language) throws Exception {
    Path sample = place.resolve("home/docs/sample");
    Ended report = run(Map.of("JAVA_TOOL_OPTIONS", language), "report", sample.toString());
    assertThat(report.exit()).as(report.err()).isZero();
    assertThat(sample.resolve("index.html")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "serve --help, Usage: ./lab serve",
    "serve --nodes 2 --help, Usage: ./lab serve",
    "versus --help, Usage: ./lab versus",
    "proxies --help, Usage: ./lab proxies",
    "herd --help, Usage: ./lab herd",
    "jmh --list samples, DeadCode",
    "gatling --help, Usage: ./lab gatling",
    "help, usage: ./lab COMMAND",
  })
  void eachCommandStarts(String command, String said) throws Exception {
    Ended ended = run(Map.of("JAVA_TOOL_OPTIONS", TURKISH), command.split(" "));
    assertThat(ended.out()).contains(said);
    assertThat(ended.exit()).isZero();
  }

  @Test
  void moreClientsThanOpenFilesAreRefusedBeforeTheFirstMeasurement() throws Exception {
    Ended ended = withFiles(1024, "compare --clients 1000 --transports websocket --seconds 1");
    assertThat(ended.err())
        .isEqualTo(
            "lab: 1000 clients need 1300 open files, and a process may open 1024 here: raise the"
                + " limit (ulimit -n), or measure fewer (--clients)\n");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void helpAndServeNeedFewOpenFiles(int files) throws Exception {
    assertThat(withFiles(files, "check --help").exit()).isZero();
    assertThat(withFiles(files, "serve --port 0 --hold x").err())
        .doesNotContain("--max-connections")
        .contains("--hold");
  }

  /// The release is unpacked beside the checkout, into another folder with a difficult name.
  @Test
  void aReleaseNeedsNoBuildAndPreparesItsServer() throws Exception {
    Ended made = run(Map.of(), "release");
    assertThat(made.out()).as(made.err()).endsWith(".tar.gz\n");
    Path unpacked = Files.createDirectories(place.resolve("une release"));
    var unpacking = new ProcessBuilder("tar", "xzf", made.out().strip(), "--strip-components=1");
    assertThat(unpacking.directory(unpacked.toFile()).start().waitFor()).isZero();
    Path lab = unpacked.resolve("lab");

    Ended help =
        ended(builder(Map.of("PATH", place.resolve("tools").toString()), lab, "check", "--help"));
    assertThat(help.out()).startsWith("Usage: ./lab check");
    assertThat(help.err()).isEmpty();

    Ended compare = ended(builder(Map.of(), lab, SMALLEST.split(" ")));
    assertThat(compare.exit()).as(compare.err()).isZero();
    assertThat(unpacked.resolve("results")).isDirectory();
    assertThat(unpacked.resolve("lib/server.aot")).isNotEmptyFile();

    Process server = builder(Map.of(), lab, "serve", "--port=0").start();
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      String address = out.readLine().replaceFirst("Pushlab is at (\\S+)/ .*", "$1");
      assertThat(statusOf(address)).isEqualTo(200);
    } finally {
      server.toHandle().destroy();
    }
    assertThat(ended(builder(Map.of(), lab, "test")).err())
        .isEqualTo(
            "lab: this is a release, which has no sources; './lab test' works in a checkout\n");
  }

  /// A cache of another build, and one that is broken.
  @ParameterizedTest
  @ValueSource(strings = {"", "no cache"})
  void aServerStartsWithoutAWordWhenItsCacheDoesNotFit(String content) throws Exception {
    Path cache = Files.writeString(place.resolve("home/target/lib/server.aot"), content);
    Process server = builder(Map.of(), "serve", "--port=0").redirectErrorStream(true).start();
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("Pushlab is at http://");
    } finally {
      server.toHandle().destroy();
      Files.delete(cache);
    }
  }

  @Test
  void twoBuildsTakeTurnsAndTheSecondHasNothingToDo() throws Exception {
    Path maven = place.resolve("maven");
    var started = new ArrayList<Process>();
    for (int i = 0; i < 2; i++) {
      started.add(unbuilt(maven, "check", "--help").redirectErrorStream(true).start());
    }
    for (Process each : started) {
      assertThat(each.inputReader().lines())
          .anyMatch(line -> line.startsWith("Usage: ./lab check"));
      assertThat(each.waitFor()).isZero();
    }
    assertThat(maven.resolve("builds")).hasContent("begin\nend\n");
  }

  @Test
  void anInterruptedBuildStartsAgain() throws Exception {
    Path maven = place.resolve("broken off");
    Process first = unbuilt(maven, "check", "--help").start();
    await(first, () -> Files.exists(maven.resolve("builds")));
    first.destroyForcibly().waitFor();

    Ended again = ended(unbuilt(maven, "check", "--help"));

    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(maven.resolve("builds")).content().startsWith("begin\n").endsWith("end\n");
  }

  @Test
  void withoutMavenAndUnzipNothingIsBuilt() throws Exception {
    Path folder = place.resolve("no maven");
    ProcessBuilder lab = unbuilt(folder, "check", "--help");
    Files.delete(folder.resolve("mvn"));
    Ended ended = ended(lab);
    assertThat(ended.err())
        .isEqualTo(
            "lab: there is no Maven 3.8 or newer, and no unzip to unpack a new one: install"
                + " either\n");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void theWrapperBuildsWhereMavenIsTooOld() throws Exception {
    Path folder = place.resolve("old maven");
    ProcessBuilder lab = unbuilt(folder, "check", "--help");
    script(folder.resolve("mvn"), MAVEN.replace("3.8.7", "3.6.3"));
    script(folder.resolve("unzip"), "#!/bin/sh\n");
    script(place.resolve("unbuilt/mvnw"), MAVEN);

    Ended ended = ended(lab);

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(place.resolve("unbuilt/builds")).hasContent("begin\nend\n");
    assertThat(folder.resolve("builds")).doesNotExist();
  }

  /// A checkout that has not been built, with a Maven in `folder`.
  private ProcessBuilder unbuilt(Path folder, String... arguments) throws IOException {
    script(Files.createDirectories(folder).resolve("mvn"), MAVEN);
    Files.deleteIfExists(place.resolve("unbuilt/target/built"));
    var command = new ArrayList<>(List.of(place.resolve("unbuilt/lab").toString()));
    command.addAll(List.of(arguments));
    return builder(Map.of("PATH", folder + ":" + place.resolve("tools"))).command(command);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void whatIsNoCommandIsSaidInTwoLines() throws Exception {
    Ended ended = run(Map.of(), "conquer");
    assertThat(ended.err())
        .isEqualTo("lab: there is no command 'conquer'\n./lab help lists the commands\n");
    assertThat(ended.exit()).isEqualTo(2);
  }

  @Test
  void aVariableOfSeveralNodesThatDoesNotFitIsNamed() throws Exception {
    Ended ended = run(Map.of("PUSHLAB_PORT", "x"), "serve", "--nodes", "2");
    assertThat(ended.err().lines())
        .containsExactly(
            "PUSHLAB_PORT: Invalid value for option '--port': 'x' is not an int",
            "./lab serve --help lists the options");
    assertThat(ended.exit()).isEqualTo(2);
  }

  private Ended withFiles(int most, String command) throws Exception {
    ProcessBuilder lab = builder(Map.of(), command.split(" "));
    List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -n $1; shift; exec \"$@\""));
    limited.addAll(List.of("sh", Integer.toString(most)));
    limited.addAll(lab.command());
    return ended(lab.command(limited));
  }

  private static int statusOf(String address) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(address + "/")).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    return ended(builder(environment, arguments));
  }

  private Ended ended(ProcessBuilder lab) throws Exception {
    Process process =
        lab.redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("'%s' did not end", lab.command());
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    return builder(environment, place.resolve("lab"), arguments);
  }

  private ProcessBuilder builder(Map<String, String> environment, Path lab, String... arguments) {
    var command = new ArrayList<>(List.of(lab.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                path == null ? "" : path,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "LC_ALL",
                "C",
                "CDPATH",
                CHECKOUT.toString()));
    builder.environment().putAll(environment);
    return builder;
  }
}
