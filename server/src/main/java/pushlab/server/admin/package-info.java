/// Changing the status.
@NullMarked
package pushlab.server.admin;

import org.jspecify.annotations.NullMarked;
