/// JMH benchmarks: the cost of one delivery over a real socket, and of the server's state without a
/// socket.
@NullMarked
package pushlab.bench.jmh;

import org.jspecify.annotations.NullMarked;
