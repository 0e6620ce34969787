@NullMarked
package pushlab.bench.jmh.ways;

import org.jspecify.annotations.NullMarked;
