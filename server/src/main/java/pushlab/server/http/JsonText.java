package pushlab.server.http;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.util.Map;

/// How the server makes JSON.
public final class JsonText {

  /// Makes the builder of every JSON object. It is kept because looking for a factory each time
  /// costs more than the object.
  public static final JsonBuilderFactory OBJECTS = Json.createBuilderFactory(Map.of());

  private JsonText() {}
}
