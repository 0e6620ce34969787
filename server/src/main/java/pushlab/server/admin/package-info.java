/// Changing the status, and the right to do so.
@NullMarked
package pushlab.server.admin;

import org.jspecify.annotations.NullMarked;
