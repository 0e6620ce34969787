/// Gatling simulations: they load a server with many connections of one transport. They count
/// requests, connections and errors; they never time a delivery.
@NullMarked
package pushlab.bench.gatling;

import org.jspecify.annotations.NullMarked;
