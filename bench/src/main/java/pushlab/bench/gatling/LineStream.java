package pushlab.bench.gatling;

import com.typesafe.scalalogging.Logger;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import scala.Option;

/// Reads a streamed answer line by line. Gatling itself hands an answer over when it has ended,
/// except for event streams.
///
/// Counts two requests, as the other streams do: `connect` until the first line, and `last line`
/// until the line that ends it. Empty lines count for nothing.
///
/// @param address what to ask
/// @param connected told of the subscriber's session when the first line has come
/// @param last a part of the line after which the subscriber leaves
record LineStream(
    URI address, UnaryOperator<io.gatling.javaapi.core.Session> connected, String last)
    implements ActionBuilder {

  private static final Duration FIRST_LINE = Duration.ofSeconds(10);
  private static final String ENDED = "the server ended the stream";

  // One for all subscribers: by HTTP/1.1 each streamed answer has a connection of its own. Its few
  // threads never block: they hand each line to the event loop of the subscriber.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(FIRST_LINE)
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(
              Executors.newFixedThreadPool(
                  Runtime.getRuntime().availableProcessors(),
                  Thread.ofPlatform().daemon().name("line-stream-", 0).factory()))
          .build();

  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return (context, next) -> new Reading(context, next);
  }

  /// The action itself, which Gatling knows as a part of Scala.
  private final class Reading implements Action {
    private final ScenarioContext context;
    private final Action next;
    private final Logger logger = Logger.apply(LoggerFactory.getLogger(LineStream.class));

    Reading(ScenarioContext context, Action next) {
      this.context = context;
      this.next = next;
    }

    @Override
    public String name() {
      return "connect";
    }

    @Override
    public Logger logger() {
      return logger;
    }

    // Scala sets a trait's field so; it is set above.
    @Override
    public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger unused) {}

    @Override
    public void execute(Session session) {
      new Lines(context, next, session).read();
    }
  }

  /// One subscriber's lines. All of its state belongs to the event loop of its session.
  private final class Lines implements Flow.Subscriber<String> {
    private final ScenarioContext context;
    private final Action next;
    private Session session;
    private long since;
    private boolean isConnected;
    private boolean isOver;
    private @Nullable CompletableFuture<?> answer;

    Lines(ScenarioContext context, Action next, Session session) {
      this.context = context;
      this.next = next;
      this.session = session;
      this.since = now();
    }

    void read() {
      answer =
          HTTP.sendAsync(
              HttpRequest.newBuilder(address).header("Accept", "application/x-ndjson").build(),
              this::body);
      var _ = answer.whenComplete((_, failure) -> end(failure == null ? ENDED : text(failure)));
      var _ =
          session
              .eventLoop()
              .schedule(this::expectFirst, FIRST_LINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private BodySubscriber<Void> body(ResponseInfo head) {
      if (head.statusCode() == 200) {
        return BodySubscribers.fromLineSubscriber(this);
      }
      end("GET %s answered %d".formatted(address.getPath(), head.statusCode()));
      return BodySubscribers.replacing(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (!line.isEmpty()) {
        session.eventLoop().execute(() -> take(line));
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(text(failure));
    }

    @Override
    public void onComplete() {
      end(ENDED);
    }

    private void end(String why) {
      session.eventLoop().execute(() -> fail(why));
    }

    private void take(String line) {
      if (isOver) {
        return;
      }
      if (!isConnected) {
        isConnected = true;
        log("connect", OK$.MODULE$, null);
        session = connected.apply(new io.gatling.javaapi.core.Session(session)).asScala();
      }
      if (line.contains(last)) {
        log("last line", OK$.MODULE$, null);
        leave(session);
      }
    }

    private void expectFirst() {
      if (!isConnected) {
        fail("no line came within " + FIRST_LINE.toSeconds() + " s");
      }
    }

    private void fail(String why) {
      if (!isOver) {
        log(isConnected ? "last line" : "connect", KO$.MODULE$, why);
        leave(session.markAsFailed());
      }
    }

    /// Closes the connection, whether its answer has begun or not.
    private void leave(Session session) {
      isOver = true;
      if (answer != null) {
        answer.cancel(true);
      }
      next.$bang(session);
    }

    private void log(String request, Status status, @Nullable String message) {
      long at = now();
      context
          .coreComponents()
          .statsEngine()
          .logResponse(
              session.scenario(),
              session.groups(),
              request,
              since,
              at,
              status,
              Option.empty(),
              Option.apply(message));
      since = at;
    }

    private long now() {
      return context.coreComponents().clock().nowMillis();
    }

    private static String text(Throwable failure) {
      Throwable cause = failure.getCause();
      return String.valueOf(cause == null ? failure : cause);
    }
  }
}
