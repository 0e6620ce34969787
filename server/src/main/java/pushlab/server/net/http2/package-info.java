/// Connections that speak HTTP/2, and their streams.
@NullMarked
package pushlab.server.net.http2;

import org.jspecify.annotations.NullMarked;
