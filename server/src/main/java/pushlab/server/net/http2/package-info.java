@NullMarked
package pushlab.server.net.http2;

import org.jspecify.annotations.NullMarked;
