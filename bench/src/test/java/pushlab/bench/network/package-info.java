@NullMarked
package pushlab.bench.network;

import org.jspecify.annotations.NullMarked;
