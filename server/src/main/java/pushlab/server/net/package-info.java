/// How clients are connected: addresses, connections and what they are upgraded to.
@NullMarked
package pushlab.server.net;

import org.jspecify.annotations.NullMarked;
