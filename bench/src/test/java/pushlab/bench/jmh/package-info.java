@NullMarked
package pushlab.bench.jmh;

import org.jspecify.annotations.NullMarked;
