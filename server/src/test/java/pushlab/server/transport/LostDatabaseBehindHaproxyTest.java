package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.Proxy;
import pushlab.server.testing.ProxyKind;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestDatabase;

/// The only configuration of docs/proxy that asks servers for their health.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostDatabaseBehindHaproxyTest {

  @TempDir Path folder = Path.of("");

  @Test
  void readsAreServedEvenIfEveryServerHasLostItsDatabase() throws Exception {
    assumeThat(ProxyKind.HAPROXY.installed()).as("HAProxy is not installed").isPresent();
    try (TestDatabase database = TestDatabase.create();
        ServerProcess server = ServerProcess.start("--port=0", database.store("cuttable"));
        HttpClient client = HttpClient.newHttpClient()) {
      URI one = server.address();
      try (Proxy proxy = Proxy.start(ProxyKind.HAPROXY, folder, List.of(one, one))) {
        database.cut("cuttable");
        Await.until("no server is ready", () -> proxy.hasSaid("'ready' has no server"));

        HttpResponse<String> known =
            client.send(
                HttpRequest.newBuilder(proxy.address().resolve("/status")).build(),
                BodyHandlers.ofString());
        HttpResponse<String> refused =
            client.send(
                HttpRequest.newBuilder(proxy.address().resolve("/update-status?status=x"))
                    .POST(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().map()).containsKey("pushlab-stale-since");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().map()).containsKey("retry-after");
      }
    }
  }
}
