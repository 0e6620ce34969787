package pushlab.server.testing;

import static java.util.stream.Collectors.toMap;
import static pushlab.server.testing.TestServer.json;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// What a server has told writers and subscribers, over all its lives. Thread-safe.
public final class Ledger {

  private final ConcurrentMap<String, String> statuses = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> highest = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
  private final LongAdder acknowledged = new LongAdder();

  public void acknowledged(JsonObject snapshot) {
    acknowledged.increment();
    said(snapshot);
  }

  /// Records a snapshot. A version must always have the same status.
  public void said(JsonObject snapshot) {
    String task = snapshot.getString("task");
    long version = version(snapshot);
    String number = task + " " + snapshot.getString("epoch") + "-" + version;
    String status = snapshot.getString("status");
    String before = statuses.putIfAbsent(number, status);
    if (before != null && !before.equals(status)) {
      broken.add("%s was '%s' and is '%s'".formatted(number, before, status));
    }
    highest.merge(task, version, Math::max);
  }

  public Map<String, Long> highest() {
    return Map.copyOf(highest);
  }

  /// Checks that `tasks`, the answer of a later life, contains all of `before`.
  public void compare(Map<String, Long> before, HttpResponse<String> tasks) {
    List<JsonObject> snapshots = json(tasks).getJsonArray("tasks").getValuesAs(JsonObject.class);
    Map<String, Long> now =
        snapshots.stream().collect(toMap(one -> one.getString("task"), Ledger::version));
    before.forEach(
        (task, version) -> {
          long restored = now.getOrDefault(task, -1L);
          if (restored < version) {
            broken.add("%s was at %d and is at %d".formatted(task, version, restored));
          }
        });
    snapshots.forEach(this::said);
  }

  /// One sentence for each promise that was broken.
  public List<String> broken() {
    return List.copyOf(broken);
  }

  public long acknowledgements() {
    return acknowledged.sum();
  }

  public static long version(JsonObject snapshot) {
    return snapshot.getJsonNumber("version").longValueExact();
  }
}
