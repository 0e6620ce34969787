package pushlab.bench.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How the server that is checked names what the contract asks for.
public final class CheckOptions {

  /// Where an update carries its status.
  enum UpdateFormat {
    JSON,
    FORM,
    QUERY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--poll-path",
      paramLabel = "PATH",
      defaultValue = "/poll-status",
      description = "Where the long poll is (default: ${DEFAULT-VALUE}).")
  String pollPath = "";

  @Option(
      names = "--update-path",
      paramLabel = "PATH",
      defaultValue = "/update-status",
      description = "Where the status is changed (default: ${DEFAULT-VALUE}).")
  String updatePath = "";

  @Option(
      names = "--short-poll-path",
      paramLabel = "PATH",
      defaultValue = "/status",
      description = "Where the short poll is, if there is one (default: ${DEFAULT-VALUE}).")
  String shortPollPath = "";

  @Option(
      names = "--events-path",
      paramLabel = "PATH",
      defaultValue = "/events",
      description = "Where the event stream is, if there is one (default: ${DEFAULT-VALUE}).")
  String eventsPath = "";

  @Option(
      names = "--websocket-path",
      paramLabel = "PATH",
      defaultValue = "/ws",
      description = "Where the WebSocket is, if there is one (default: ${DEFAULT-VALUE}).")
  String webSocketPath = "";

  @Option(
      names = "--last-version-parameter",
      paramLabel = "NAME",
      defaultValue = "last_version",
      description = "The parameter by which a client says what it has (default: ${DEFAULT-VALUE}).")
  String lastVersionParameter = "";

  @Option(
      names = "--nothing-seen",
      paramLabel = "VALUE",
      description =
          "What a client that has seen nothing sends in it, for example -1; it leaves it out unless"
              + " told.")
  @Nullable String nothingSeen;

  @Option(
      names = "--version-field",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "version,status_version",
      description =
          "The answer's field with the version, or a JSON pointer such as /task/version; the first"
              + " of several that is there (default: ${DEFAULT-VALUE}).")
  List<String> versionFields = List.of();

  @Option(
      names = "--status-field",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "status,current_task_status",
      description = "The same for the status (default: ${DEFAULT-VALUE}).")
  List<String> statusFields = List.of();

  @Option(
      names = "--update-method",
      paramLabel = "METHOD",
      defaultValue = "POST",
      description =
          "How the status is changed: POST, PUT, PATCH or GET (default: ${DEFAULT-VALUE}).")
  String updateMethod = "";

  @Option(
      names = "--update-format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description =
          "Where an update carries its status: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  UpdateFormat updateFormat = UpdateFormat.JSON;

  @Option(
      names = "--update-field",
      paramLabel = "NAME",
      defaultValue = "status",
      description = "The update's field with the status (default: ${DEFAULT-VALUE}).")
  String updateField = "";

  @Option(
      names = "--update-token",
      paramLabel = "TOKEN",
      description = "The bearer token that updates need, if they do.")
  @Nullable String updateToken;

  @Option(
      names = "--statuses",
      split = ",",
      paramLabel = "STATUS",
      defaultValue = "En attente,En cours,Terminée,Échec",
      description = "Three or more statuses that it takes (default: ${DEFAULT-VALUE}).")
  List<String> statuses = List.of();

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "Which task is changed and read, where there are several.")
  @Nullable String task;

  @Option(
      names = "--task-parameter",
      paramLabel = "NAME",
      defaultValue = "task",
      description =
          "The parameter and the update's field that name it (default: ${DEFAULT-VALUE}).")
  String taskParameter = "";

  @Option(
      names = "--hold-at-least",
      paramLabel = "TIME",
      description = "The shortest hold that is right (default: 20s).")
  Duration holdAtLeast = Duration.ofSeconds(20);

  @Option(
      names = "--hold-at-most",
      paramLabel = "TIME",
      description = "The longest (default: 35s).")
  Duration holdAtMost = Duration.ofSeconds(35);

  @Option(names = "--insecure", description = "Trust any certificate, such as a self-signed one.")
  boolean insecure;

  /// Refuses what does not fit together.
  ///
  /// @throws ParameterException whose message says which option, and why
  public void check(CommandLine command) {
    for (String path : List.of(pollPath, updatePath, shortPollPath, eventsPath, webSocketPath)) {
      require(
          command,
          path.matches("/[^\\s?#]*"),
          "'%s' is no path: it begins with / and has no query".formatted(path));
    }
    require(
        command,
        List.of("POST", "PUT", "PATCH", "GET").contains(updateMethod),
        "--update-method must be POST, PUT, PATCH or GET");
    require(
        command,
        !updateMethod.equals("GET") || updateFormat == UpdateFormat.QUERY,
        "--update-method GET has no body: it needs --update-format query");
    require(
        command,
        statuses.stream().filter(status -> !status.isBlank()).distinct().count() >= 3,
        "--statuses must be three or more, each another");
    require(
        command,
        Stream.of(holdAtLeast, holdAtMost).allMatch(Duration::isPositive)
            && holdAtLeast.compareTo(holdAtMost) < 0
            && holdAtMost.compareTo(Duration.ofMinutes(5)) <= 0,
        "--hold-at-least must be less than --hold-at-most, and that at most 5m");
  }

  private static void require(CommandLine command, boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(command, otherwise);
    }
  }
}
