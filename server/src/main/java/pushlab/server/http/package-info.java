/// What every request meets, whatever its route: its body and its fields, its host and its
/// origin, refusals, and the headers of answers.
@NullMarked
package pushlab.server.http;

import org.jspecify.annotations.NullMarked;
