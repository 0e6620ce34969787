/// Changing the status, and who may.
@NullMarked
package pushlab.server.admin;

import org.jspecify.annotations.NullMarked;
