package pushlab.bench.road;

import org.jspecify.annotations.Nullable;

/// How a request of a client ended.
///
/// @param status null if the connection ended without an answer
/// @param body what arrived of it
/// @param nanos when it ended
record Answer(@Nullable Integer status, String body, long nanos) {}
