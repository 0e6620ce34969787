@NullMarked
package pushlab.bench.road.proxy;

import org.jspecify.annotations.NullMarked;
