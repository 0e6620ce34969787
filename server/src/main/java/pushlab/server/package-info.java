/// The server: options, then tasks, then transports, then the web server.
@NullMarked
package pushlab.server;

import org.jspecify.annotations.NullMarked;
