package pushlab.bench.road.proxy;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxies that CONTRIBUTING.md has a command for.
@Tag("long")
@ParameterizedClass
@ValueSource(strings = {"apache", "varnish", "squid", "caddy", "lighttpd", "h2o"})
class OtherProxiesTest extends ProxyContract {

  OtherProxiesTest(String id) throws IOException {
    super(id);
  }
}
