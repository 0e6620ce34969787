@NullMarked
package pushlab.bench.check;

import org.jspecify.annotations.NullMarked;
