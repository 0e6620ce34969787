@NullMarked
package pushlab.server.net.line;

import org.jspecify.annotations.NullMarked;
