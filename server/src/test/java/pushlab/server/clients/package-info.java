/// Clients of other authors, against this server in a process of its own.
@NullMarked
package pushlab.server.clients;

import org.jspecify.annotations.NullMarked;
