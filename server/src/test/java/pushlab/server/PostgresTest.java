package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.TestServer.json;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Servers over one PostgreSQL.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTest {

  @Test
  void updateOfOneServerWakesAReaderOfAnother() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestServer one = TestServer.start(database.store());
        TestServer two = TestServer.start(database.store())) {
      CompletableFuture<HttpResponse<String>> held = two.hold("/poll-status?last_version=0");

      JsonObject update = one.update("x");

      assertThat(json(held.get(5, TimeUnit.SECONDS))).isEqualTo(update);
      assertThat(json(two.get("/status"))).isEqualTo(update);
    }
  }
}
