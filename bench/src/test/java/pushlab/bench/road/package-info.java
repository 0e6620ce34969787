@NullMarked
package pushlab.bench.road;

import org.jspecify.annotations.NullMarked;
