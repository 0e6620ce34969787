/// The server's certificate.
@NullMarked
package pushlab.server.tls;

import org.jspecify.annotations.NullMarked;
