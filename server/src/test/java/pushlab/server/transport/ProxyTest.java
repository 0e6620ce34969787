package pushlab.server.transport;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.testing.ProxyKind;

/// The proxies that `./lab test` installs where it may.
@ParameterizedClass
@EnumSource(names = {"NGINX", "HAPROXY"})
class ProxyTest extends BehindProxy {

  ProxyTest(ProxyKind kind) {
    super(kind);
  }
}
