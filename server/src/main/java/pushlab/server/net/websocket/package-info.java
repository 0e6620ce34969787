@NullMarked
package pushlab.server.net.websocket;

import org.jspecify.annotations.NullMarked;
