/// What the commands print, in each language.
@NullMarked
package pushlab.bench.text;

import org.jspecify.annotations.NullMarked;
