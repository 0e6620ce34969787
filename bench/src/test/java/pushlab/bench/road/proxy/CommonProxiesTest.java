package pushlab.bench.road.proxy;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxies that `./lab test` installs where it may.
@ParameterizedClass
@ValueSource(strings = {"nginx", "haproxy"})
class CommonProxiesTest extends ProxyContract {

  CommonProxiesTest(String id) throws IOException {
    super(id);
  }
}
