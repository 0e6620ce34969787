@NullMarked
package pushlab.bench;

import org.jspecify.annotations.NullMarked;
