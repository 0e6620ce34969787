/// The page in a browser.
@NullMarked
package pushlab.server.page;

import org.jspecify.annotations.NullMarked;
