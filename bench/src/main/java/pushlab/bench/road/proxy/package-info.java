/// The proxies that the lab can start: how each is found, configured and told to reload. A kind is
/// one file.
@NullMarked
package pushlab.bench.road.proxy;

import org.jspecify.annotations.NullMarked;
