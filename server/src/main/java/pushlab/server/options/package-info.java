/// The options of the server, one class for each subject.
@NullMarked
package pushlab.server.options;

import org.jspecify.annotations.NullMarked;
