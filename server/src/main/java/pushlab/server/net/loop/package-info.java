/// Subscribers that wait as data: a few threads read and write their connections.
@NullMarked
package pushlab.server.net.loop;

import org.jspecify.annotations.NullMarked;
