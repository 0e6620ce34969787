package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `openapi.json`, and whether an answer matches it.
public final class Description {

  private static final Schemas OPENAPI = Schemas.of("openapi.json");

  private Description() {}

  public static JsonObject document() {
    return OPENAPI.document();
  }

  /// The query parameters of a GET of `path`.
  public static Set<String> queryParameters(String path) {
    return document()
        .getValue("/paths/%s/get/parameters".formatted(path.replace("/", "~1")))
        .asJsonArray()
        .stream()
        .map(parameter -> OPENAPI.resolve(parameter.asJsonObject()))
        .filter(parameter -> parameter.getString("in").equals("query"))
        .map(parameter -> parameter.getString("name"))
        .collect(Collectors.toSet());
  }

  /// Each status of each call, in the form `GET /status 200`.
  public static Set<String> answers() {
    var answers = new TreeSet<String>();
    document()
        .getJsonObject("paths")
        .forEach(
            (path, methods) ->
                methods
                    .asJsonObject()
                    .forEach(
                        (method, call) ->
                            call.asJsonObject()
                                .getJsonObject("responses")
                                .keySet()
                                .forEach(code -> answers.add(name(method, path, code)))));
    return answers;
  }

  public static String name(HttpResponse<?> answer) {
    return name(
        answer.request().method(), answer.uri().getPath(), Integer.toString(answer.statusCode()));
  }

  private static String name(String method, String path, String code) {
    return "%s %s %s".formatted(method.toUpperCase(Locale.ROOT), path, code);
  }

  /// Fails unless the description contains this answer, with such headers and such a body. For
  /// methods and paths that are not described, it checks the status only.
  public static void assertFits(HttpResponse<String> answer) {
    JsonObject path = document().getJsonObject("paths").getJsonObject(answer.uri().getPath());
    if (path == null) {
      return;
    }
    JsonObject call = path.getJsonObject(answer.request().method().toLowerCase(Locale.ROOT));
    if (call == null) {
      assertThat(answer.statusCode()).as(name(answer)).isIn(204, 403, 405, 503);
      return;
    }
    JsonObject responses = call.getJsonObject("responses");
    assertThat(responses.keySet()).as(name(answer)).contains(Integer.toString(answer.statusCode()));
    JsonObject response =
        OPENAPI.resolve(responses.getJsonObject(Integer.toString(answer.statusCode())));
    assertHeadersFit(answer, response);
    assertBodyFits(answer, response);
  }

  private static void assertHeadersFit(HttpResponse<String> answer, JsonObject response) {
    JsonObject headers = response.getJsonObject("headers");
    if (headers == null) {
      return;
    }
    headers.forEach(
        (name, value) -> {
          if (answer.version() == Version.HTTP_2 && name.equals("Upgrade")) {
            return;
          }
          JsonObject header = OPENAPI.resolve(value.asJsonObject());
          String given = TestServer.header(answer, name);
          if (given.isEmpty() && !header.getBoolean("required", true)) {
            return;
          }
          assertThat(given).as("%s: %s", name(answer), name).isNotEmpty();
          JsonObject schema = header.getJsonObject("schema");
          boolean number = schema.getString("type", "").equals("integer");
          OPENAPI.assertValid(schema, number ? given : Json.createValue(given).toString());
        });
  }

  private static void assertBodyFits(HttpResponse<String> answer, JsonObject response) {
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      assertThat(answer.body()).as(name(answer)).isEmpty();
      return;
    }
    String type = TestServer.header(answer, "Content-Type").replaceFirst(";.*", "");
    assertThat(content.keySet()).as(name(answer)).contains(type);
    if (type.endsWith("json")) {
      OPENAPI.assertValid(content.getJsonObject(type).getJsonObject("schema"), answer.body());
    }
  }
}
