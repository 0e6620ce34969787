/// Where versions survive.
@NullMarked
package pushlab.server.store;

import org.jspecify.annotations.NullMarked;
