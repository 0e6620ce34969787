@NullMarked
package pushlab.bench.host;

import org.jspecify.annotations.NullMarked;
