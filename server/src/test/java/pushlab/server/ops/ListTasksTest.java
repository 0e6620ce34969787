package pushlab.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.header;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListTasksTest {

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsOnlyTheDefaultTaskAtFirst() throws Exception {
    HttpResponse<String> answer = server.get("/tasks");

    assertThat(answer.body()).isEqualTo("{\"tasks\":[" + server.get("/status").body() + "]}");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void listsAllTasksByNameWithTheirCurrentSnapshots() throws Exception {
    for (String task : new String[] {"z", "a", "Z", "a"}) {
      server.send("POST", "/update-status?status=%C3%89chec&task=" + task);
    }

    assertThat(server.get("/tasks").body())
        .isEqualTo(
            "{\"tasks\":[%s,%s,%s,%s]}"
                .formatted(
                    server.get("/status?task=Z").body(),
                    server.get("/status?task=a").body(),
                    server.get("/status").body(),
                    server.get("/status?task=z").body()));
  }
}
