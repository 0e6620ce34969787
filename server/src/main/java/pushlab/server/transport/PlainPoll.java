package pushlab.server.transport;

import org.jspecify.annotations.Nullable;

/// What a request for the long poll asks whose form is plain and whose parameters are all valid.
///
/// @param task the name of the task; null if the request names none
/// @param epoch null if the request names none
/// @param version the last version that the subscriber has seen; -1 if the request names none
/// @param waitMillis for how long the request may be held; -1 if the request does not say
/// @param target path and query, as they arrived
public record PlainPoll(
    @Nullable String task, @Nullable String epoch, long version, int waitMillis, String target) {}
