/// Held polls as data: one thread reads and answers all of them.
@NullMarked
package pushlab.server.net.loop;

import org.jspecify.annotations.NullMarked;
