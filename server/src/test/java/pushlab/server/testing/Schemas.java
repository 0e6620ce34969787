package pushlab.server.testing;

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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// A document with which the server describes itself, and the schemas in it.
public final class Schemas {

  private final JsonObject document;
  private final Map<JsonObject, Schema> compiled = new ConcurrentHashMap<>();

  private Schemas(JsonObject document) {
    this.document = document;
  }

  public static Schemas of(String file) {
    try (InputStream in = Schemas.class.getResourceAsStream("/pushlab/page/" + file)) {
      return new Schemas(
          TestServer.json(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonObject document() {
    return document;
  }

  /// `object`, or the object to which it refers.
  public JsonObject resolve(JsonObject object) {
    return object.get("$ref") instanceof JsonString ref
        ? resolve(document.getValue(ref.getString().substring(1)).asJsonObject())
        : object;
  }

  public void assertValid(JsonObject schema, String json) {
    assertThat(compiled.computeIfAbsent(schema, this::compile).validate(json, InputFormat.JSON))
        .as(json)
        .isEmpty();
  }

  private Schema compile(JsonObject schema) {
    JsonObject whole =
        Json.createObjectBuilder(schema)
            .add("components", document.getJsonObject("components"))
            .build();
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole.toString(), InputFormat.JSON);
  }
}
