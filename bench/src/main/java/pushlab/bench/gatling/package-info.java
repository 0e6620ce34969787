/// Gatling simulations: what many connections of one transport do to a server. They count
/// requests, connections and errors; they never time a delivery.
@NullMarked
package pushlab.bench.gatling;

import org.jspecify.annotations.NullMarked;
