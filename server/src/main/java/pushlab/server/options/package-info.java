@NullMarked
package pushlab.server.options;

import org.jspecify.annotations.NullMarked;
