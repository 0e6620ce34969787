/// What machines ask about the server.
@NullMarked
package pushlab.server.ops;

import org.jspecify.annotations.NullMarked;
