/// Measures what a proxy does to each transport: a client in front of it, an origin behind it.
@NullMarked
package pushlab.bench.road;

import org.jspecify.annotations.NullMarked;
