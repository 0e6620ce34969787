package pushlab.bench.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The names that the checked server uses: its paths, parameters and fields.
public final class CheckOptions {

  /// Where an update has its status.
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
      description = "The path of the long poll (default: ${DEFAULT-VALUE}).")
  String pollPath = "";

  @Option(
      names = "--update-path",
      paramLabel = "PATH",
      defaultValue = "/update-status",
      description = "The path of updates (default: ${DEFAULT-VALUE}).")
  String updatePath = "";

  @Option(
      names = "--short-poll-path",
      paramLabel = "PATH",
      defaultValue = "/status",
      description =
          "The path of the short poll, if the server has one (default: ${DEFAULT-VALUE}).")
  String shortPollPath = "";

  @Option(
      names = "--events-path",
      paramLabel = "PATH",
      defaultValue = "/events",
      description =
          "The path of the event stream, if the server has one (default: ${DEFAULT-VALUE}).")
  String eventsPath = "";

  @Option(
      names = "--stream-path",
      paramLabel = "PATH",
      defaultValue = "/stream",
      description =
          "The path of the NDJSON stream, if the server has one (default: ${DEFAULT-VALUE}).")
  String ndjsonPath = "";

  @Option(
      names = "--websocket-path",
      paramLabel = "PATH",
      defaultValue = "/ws",
      description = "The path of the WebSocket, if the server has one (default: ${DEFAULT-VALUE}).")
  String webSocketPath = "";

  @Option(
      names = "--last-version-parameter",
      paramLabel = "NAME",
      defaultValue = "last_version",
      description = "The query parameter with the client's version (default: ${DEFAULT-VALUE}).")
  String lastVersionParameter = "";

  @Option(
      names = "--nothing-seen",
      paramLabel = "VALUE",
      description =
          "The value of that parameter in a client's first request, for example -1 (default: no"
              + " parameter).")
  @Nullable String nothingSeen;

  @Option(
      names = "--version-field",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "version,status_version",
      description =
          "The answer's field with the version, or a JSON pointer such as /task/version. Of several,"
              + " the first that the answer has (default: ${DEFAULT-VALUE}).")
  List<String> versionFields = List.of();

  @Option(
      names = "--status-field",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "status,current_task_status",
      description =
          "The answer's field with the status, in the same way (default: ${DEFAULT-VALUE}).")
  List<String> statusFields = List.of();

  @Option(
      names = "--update-method",
      paramLabel = "METHOD",
      defaultValue = "POST",
      description = "The method of updates: POST, PUT, PATCH or GET (default: ${DEFAULT-VALUE}).")
  String updateMethod = "";

  @Option(
      names = "--update-format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description =
          "Where an update has its status: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
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
      description = "The bearer token for updates, if they need one.")
  @Nullable String updateToken;

  @Option(
      names = "--statuses",
      split = ",",
      paramLabel = "STATUS",
      defaultValue = "En attente,En cours,Terminée,Échec",
      description = "Three or more statuses that the server accepts (default: ${DEFAULT-VALUE}).")
  List<String> statuses = List.of();

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "The task to update and to read, if the server has several.")
  @Nullable String task;

  @Option(
      names = "--task-parameter",
      paramLabel = "NAME",
      defaultValue = "task",
      description =
          "The query parameter and the update's field with the task (default: ${DEFAULT-VALUE}).")
  String taskParameter = "";

  @Option(
      names = "--hold-at-least",
      paramLabel = "TIME",
      description = "The shortest hold that passes (default: 20s).")
  Duration holdAtLeast = Duration.ofSeconds(20);

  @Option(
      names = "--hold-at-most",
      paramLabel = "TIME",
      description = "The longest hold that passes (default: 35s).")
  Duration holdAtMost = Duration.ofSeconds(35);

  @Option(
      names = "--insecure",
      description = "Accept any certificate, for example a self-signed one.")
  boolean insecure;

  /// Checks that the options are consistent.
  ///
  /// @throws ParameterException if they are not; the message says which option, and why
  public void check(CommandLine command) {
    for (String path :
        List.of(pollPath, updatePath, shortPollPath, eventsPath, ndjsonPath, webSocketPath)) {
      require(
          command,
          path.matches("/[^\\s?#]*"),
          "'%s' is not a path: a path begins with / and has no query".formatted(path));
    }
    require(
        command,
        List.of("POST", "PUT", "PATCH", "GET").contains(updateMethod),
        "--update-method must be POST, PUT, PATCH or GET");
    require(
        command,
        !updateMethod.equals("GET") || updateFormat == UpdateFormat.QUERY,
        "--update-method GET needs --update-format query, because GET has no body");
    require(
        command,
        statuses.stream().filter(status -> !status.isBlank()).distinct().count() >= 3,
        "--statuses must be three or more different statuses");
    require(
        command,
        Stream.of(holdAtLeast, holdAtMost).allMatch(Duration::isPositive)
            && holdAtLeast.compareTo(holdAtMost) < 0
            && holdAtMost.compareTo(Duration.ofMinutes(5)) <= 0,
        "--hold-at-least must be less than --hold-at-most, which must be at most 5m");
  }

  private static void require(CommandLine command, boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(command, otherwise);
    }
  }
}
