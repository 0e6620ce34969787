/// Four ways of asking the one question over the wire, side by side: same shape, same order.
@NullMarked
package pushlab.server.transport;

import org.jspecify.annotations.NullMarked;
