@NullMarked
package pushlab.bench.herd;

import org.jspecify.annotations.NullMarked;
