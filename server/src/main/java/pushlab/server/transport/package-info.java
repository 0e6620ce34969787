/// The transports, side by side. Each is one file of the same shape and order, so that the
/// difference of two files shows the difference of two transports. The other classes are what they
/// share.
@NullMarked
package pushlab.server.transport;

import org.jspecify.annotations.NullMarked;
