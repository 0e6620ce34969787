@NullMarked
package pushlab.bench.gatling;

import org.jspecify.annotations.NullMarked;
