@NullMarked
package pushlab.server.http;

import org.jspecify.annotations.NullMarked;
