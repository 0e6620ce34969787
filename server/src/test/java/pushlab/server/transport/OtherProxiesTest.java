package pushlab.server.transport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.testing.ProxyKind;

/// The proxies that CONTRIBUTING.md has a command for.
@Tag("long")
@ParameterizedClass
@EnumSource(
    mode = EnumSource.Mode.EXCLUDE,
    names = {"NGINX", "HAPROXY"})
class OtherProxiesTest extends BehindProxy {

  OtherProxiesTest(ProxyKind kind) {
    super(kind);
  }
}
