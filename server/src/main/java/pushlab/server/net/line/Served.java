package pushlab.server.net.line;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What all connections of one listener share.
public record Served(
    ListenerConfig config,
    Router router,
    Context context,
    MediaContext mediaContext,
    ContentEncodingContext contentEncodingContext,
    DirectHandlers directHandlers,
    ExecutorService executor)
    implements ListenerContext {

  public Served(ListenerConfig config, Router router) {
    this(
        config,
        router,
        Context.create(),
        config.mediaContext().orElseGet(MediaContext::create),
        config.contentEncoding().orElseGet(ContentEncodingContext::create),
        config.directHandlers().orElseGet(DirectHandlers::create),
        Executors.newVirtualThreadPerTaskExecutor());
  }
}
