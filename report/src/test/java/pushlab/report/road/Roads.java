package pushlab.report.road;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.ProxyResult;

/// Proxies as they were measured, for tests.
public final class Roads {

  private Roads() {}

  /// Six proxies that the lab started.
  public static List<ProxyResult> six() {
    return read("proxies");
  }

  /// One that already ran: it cuts at 30 s, and refuses a WebSocket.
  public static List<ProxyResult> behind() {
    return read("behind");
  }

  /// One of the six.
  static ProxyResult of(String id) {
    return six().stream().filter(proxy -> proxy.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<ProxyResult> read(String golden) {
    var broken = new ArrayList<BrokenResultException>();
    Path folder = Path.of("src/test/resources/golden", golden, "results");
    List<ProxyResult> proxies = new ResultsFolder(folder).proxies(broken);
    if (!broken.isEmpty()) {
      throw broken.getFirst();
    }
    return proxies;
  }
}
