/// The network between a server and its subscribers: network namespaces, and what delays, limits
/// and loses packets between them.
@NullMarked
package pushlab.bench.network;

import org.jspecify.annotations.NullMarked;
