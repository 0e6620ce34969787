/// Reading requests by HTTP/1.1 before Helidon reads them.
@NullMarked
package pushlab.server.net.http1;

import org.jspecify.annotations.NullMarked;
