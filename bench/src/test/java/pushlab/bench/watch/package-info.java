@NullMarked
package pushlab.bench.watch;

import org.jspecify.annotations.NullMarked;
