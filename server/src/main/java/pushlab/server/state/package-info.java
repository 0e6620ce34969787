/// The shared versioned state and the one blocking question that every transport asks it. Knows the
/// JDK only.
@NullMarked
package pushlab.server.state;

import org.jspecify.annotations.NullMarked;
