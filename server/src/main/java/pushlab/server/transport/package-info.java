/// The transports, side by side. Each is one file of the same shape and order, so that the
/// difference of two files shows the difference of two transports.
@NullMarked
package pushlab.server.transport;

import org.jspecify.annotations.NullMarked;
