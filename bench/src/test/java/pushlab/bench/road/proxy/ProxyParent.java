package pushlab.bench.road.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A process that starts a proxy, says where its files are, and waits to be killed.
final class ProxyParent {

  private ProxyParent() {}

  public static void main(String[] arguments) throws Exception {
    ProxyKind kind = Proxies.of(arguments[0]).orElseThrow();
    var origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    try (RunningProxy proxy = RunningProxy.start(kind, Form.SMALLEST, origin)) {
      proxy.files().forEach(System.out::println);
      System.out.println("started");
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
