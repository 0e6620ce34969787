/// Accepting connections: the listener, TLS handshakes, and the set of open connections.
@NullMarked
package pushlab.server.net;

import org.jspecify.annotations.NullMarked;
