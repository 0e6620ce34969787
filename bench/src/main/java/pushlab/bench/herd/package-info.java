/// Many clients that lose a server together and come back to it.
@NullMarked
package pushlab.bench.herd;

import org.jspecify.annotations.NullMarked;
