/// The bytes of one connection, and how long each operation on it may take.
@NullMarked
package pushlab.server.net.line;

import org.jspecify.annotations.NullMarked;
