/// What the documents promise: their links, their spelling, their two languages, and the lists
/// that they give.
@NullMarked
package pushlab.docs;

import org.jspecify.annotations.NullMarked;
