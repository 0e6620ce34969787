@NullMarked
package pushlab.bench.net;

import org.jspecify.annotations.NullMarked;
