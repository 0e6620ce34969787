package pushlab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// `openapi.json`, and whether an answer fits it.
final class Description {

  private static final JsonObject OPENAPI = read("openapi.json");
  private static final Map<JsonObject, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Description() {}

  static JsonObject read(String file) {
    try (InputStream in = Description.class.getResourceAsStream("/pushlab/page/" + file)) {
      return TestServer.json(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Each code of each call as `GET /status 200`.
  static Set<String> answers() {
    var answers = new TreeSet<String>();
    OPENAPI
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

  static String name(HttpResponse<?> answer) {
    return name(
        answer.request().method(), answer.uri().getPath(), Integer.toString(answer.statusCode()));
  }

  private static String name(String method, String path, String code) {
    return "%s %s %s".formatted(method.toUpperCase(Locale.ROOT), path, code);
  }

  /// Fails unless the description has this answer, with these headers and a body like this; of what
  /// it does not describe, it knows the paths and the methods that there are.
  static void assertFits(HttpResponse<String> answer) {
    JsonObject path = OPENAPI.getJsonObject("paths").getJsonObject(answer.uri().getPath());
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
    JsonObject response = resolve(responses.getJsonObject(Integer.toString(answer.statusCode())));
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
          JsonObject header = resolve(value.asJsonObject());
          String given = TestServer.header(answer, name);
          assertThat(given).as("%s: %s", name(answer), name).isNotEmpty();
          JsonObject schema = header.getJsonObject("schema");
          boolean number = schema.getString("type", "").equals("integer");
          assertValid(schema, number ? given : Json.createValue(given).toString());
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
      assertValid(content.getJsonObject(type).getJsonObject("schema"), answer.body());
    }
  }

  private static void assertValid(JsonObject schema, String json) {
    assertThat(
            SCHEMAS.computeIfAbsent(schema, Description::compile).validate(json, InputFormat.JSON))
        .as(json)
        .isEmpty();
  }

  private static Schema compile(JsonObject schema) {
    JsonObject whole =
        Json.createObjectBuilder(schema)
            .add("components", OPENAPI.getJsonObject("components"))
            .build();
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole.toString(), InputFormat.JSON);
  }

  private static JsonObject resolve(JsonObject object) {
    return object.get("$ref") instanceof JsonString ref
        ? OPENAPI.getValue(ref.getString().substring(1)).asJsonObject()
        : object;
  }
}
