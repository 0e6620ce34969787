/// What operators and machines need to know about the server: health, metrics, logs.
@NullMarked
package pushlab.server.ops;

import org.jspecify.annotations.NullMarked;
