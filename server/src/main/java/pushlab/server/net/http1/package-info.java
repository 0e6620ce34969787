@NullMarked
package pushlab.server.net.http1;

import org.jspecify.annotations.NullMarked;
