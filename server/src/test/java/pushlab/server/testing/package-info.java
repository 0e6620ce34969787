/// What the tests share: a server to test, raw connections to it, and the descriptions of its API.
@NullMarked
package pushlab.server.testing;

import org.jspecify.annotations.NullMarked;
