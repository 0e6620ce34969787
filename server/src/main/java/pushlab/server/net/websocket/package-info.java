/// Connections that have been upgraded to WebSocket.
@NullMarked
package pushlab.server.net.websocket;

import org.jspecify.annotations.NullMarked;
