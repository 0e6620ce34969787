/// Subscribers that wait as data: one thread reads and writes their connections.
@NullMarked
package pushlab.server.net.loop;

import org.jspecify.annotations.NullMarked;
