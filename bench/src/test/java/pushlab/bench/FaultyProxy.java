package pushlab.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// A small reverse proxy with one fault, on plain sockets. It sends each request to the origin on a
/// new connection. The body of a request must have a `Content-Length`.
public final class FaultyProxy implements AutoCloseable {

  /// What the proxy does.
  public enum Behaviour {
    /// Passes everything on.
    RIGHT,
    /// Passes an answer without a length on when it has ended.
    COLLECTS_STREAMS,
    /// Answers 504 if the origin is silent for 2 s, or ends the answer if it has begun.
    CUTS_SILENCE,
    /// Removes `Upgrade` and `Connection` from requests.
    DROPS_UPGRADE,
    /// Sends the origin's address as `Host`.
    REWRITES_HOST,
    /// Sends a GET again if its connection ended without an answer.
    REPEATS_GET,
    /// Sends one of several equal GETs, and the others when its answer begins.
    COLLAPSES_EQUAL_GETS,
    /// Closes a connection of a client at its second request, without an answer.
    CLOSES_KEPT_CONNECTIONS,
    /// Writes to the client after 200 ms.
    DELAYS_WRITES
  }

  /// How long the origin may be silent, and how late a write is.
  public static final Duration SILENCE = Duration.ofSeconds(2);

  public static final Duration DELAY = Duration.ofMillis(200);

  private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> unanswered = new ConcurrentHashMap<>();
  private final Behaviour behaviour;
  private final URI origin;
  private final String via;

  private FaultyProxy(Behaviour behaviour, URI origin, String via) throws IOException {
    this.behaviour = behaviour;
    this.origin = origin;
    this.via = via;
  }

  /// Starts a proxy in front of `origin`, whose answers do not tell that there is one.
  public static FaultyProxy start(Behaviour behaviour, URI origin) throws IOException {
    return start(behaviour, origin, "");
  }

  /// Starts a proxy in front of `origin`.
  ///
  /// @param via the value of the header `Via` of its answers, such as `1.1 faulty`
  public static FaultyProxy start(Behaviour behaviour, URI origin, String via) throws IOException {
    var proxy = new FaultyProxy(behaviour, origin, via);
    Thread.startVirtualThread(proxy::accept);
    return proxy;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// A request or an answer up to its empty line.
  private record Head(List<String> lines) {

    static Head read(InputStream in) throws IOException {
      var lines = new ArrayList<String>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        lines.add(line);
      }
      return new Head(lines);
    }

    String value(String name) {
      String prefix = name + ":";
      return lines.stream()
          .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst()
          .orElse("");
    }

    Head without(String name) {
      return new Head(
          lines.stream()
              .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
              .toList());
    }

    Head with(String line) {
      var more = new ArrayList<>(lines);
      more.add(line);
      return new Head(more);
    }

    boolean isGet() {
      return lines.getFirst().startsWith("GET ");
    }

    int code() {
      return Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
    }

    boolean isChunked() {
      return value("Transfer-Encoding").equalsIgnoreCase("chunked");
    }

    int length() {
      boolean none = code() == 204 || code() == 304;
      String length = value("Content-Length");
      return none ? 0 : length.isEmpty() ? -1 : Integer.parseInt(length);
    }

    byte[] bytes() {
      return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        Thread.startVirtualThread(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy is closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      boolean kept = true;
      for (int requests = 0; kept; requests++) {
        Head request = Head.read(in);
        String length = request.value("Content-Length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        if (requests > 0 && behaviour == Behaviour.CLOSES_KEPT_CONNECTIONS) {
          return;
        }
        kept = pass(changed(request), body, in, client.getOutputStream());
      }
    } catch (IOException _) {
      // The client has disconnected, or the proxy is closed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private Head changed(Head request) {
    return switch (behaviour) {
      case DROPS_UPGRADE -> request.without("upgrade").without("connection");
      case REWRITES_HOST -> request.without("host").with("Host: " + origin.getRawAuthority());
      default -> request;
    };
  }

  /// Returns whether the client's connection can be used again.
  private boolean pass(Head request, byte[] body, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String line = request.lines().getFirst();
    boolean alone = behaviour != Behaviour.COLLAPSES_EQUAL_GETS || !request.isGet();
    var answered = new CountDownLatch(1);
    CountDownLatch first = alone ? null : unanswered.putIfAbsent(line, answered);
    if (first != null) {
      first.await();
    }
    try {
      return pass(request, body, in, out, answered);
    } finally {
      answered.countDown();
      unanswered.remove(line, answered);
    }
  }

  private boolean pass(
      Head request, byte[] body, InputStream in, OutputStream out, CountDownLatch answered)
      throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      boolean begun = false;
      try (var there = new Socket(origin.getHost(), origin.getPort())) {
        there.setTcpNoDelay(true);
        there.setSoTimeout(
            behaviour == Behaviour.CUTS_SILENCE ? Math.toIntExact(SILENCE.toMillis()) : 0);
        open.add(there);
        try {
          there.getOutputStream().write(join(request.bytes(), body));
          InputStream from = new BufferedInputStream(there.getInputStream());
          Head answer = Head.read(from);
          begun = true;
          answered.countDown();
          return passAnswer(answer, there, from, in, out);
        } finally {
          open.remove(there);
        }
      } catch (SocketTimeoutException e) {
        if (begun) {
          throw e;
        }
        return fail(504, "Gateway Timeout", out);
      } catch (IOException e) {
        boolean again =
            behaviour == Behaviour.REPEATS_GET && request.isGet() && attempt == 0 && !begun;
        if (begun) {
          throw e;
        }
        if (!again) {
          return fail(502, "Bad Gateway", out);
        }
      }
    }
  }

  private boolean fail(int code, String reason, OutputStream out)
      throws IOException, InterruptedException {
    String page = "<html><body><h1>%d %s</h1></body></html>".formatted(code, reason);
    var head =
        new Head(
            List.of(
                "HTTP/1.1 %d %s".formatted(code, reason),
                "Content-Type: text/html",
                "Content-Length: " + page.length()));
    write(out, join(head.bytes(), page.getBytes(StandardCharsets.US_ASCII)));
    return true;
  }

  private boolean passAnswer(
      Head answer, Socket there, InputStream from, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    byte[] head = (via.isEmpty() ? answer : answer.with("Via: " + via)).bytes();
    if (answer.code() == 101) {
      write(out, head);
      passBothWays(there, from, in, out);
      return false;
    }
    if (answer.length() >= 0) {
      write(out, join(head, from.readNBytes(answer.length())));
      return true;
    }
    var collected = new ByteArrayOutputStream();
    boolean collects = behaviour == Behaviour.COLLECTS_STREAMS;
    collected.write(head);
    if (!collects) {
      write(out, head);
    }
    byte[] part = part(from, answer.isChunked());
    for (; !isLast(part, answer.isChunked()); part = part(from, answer.isChunked())) {
      if (collects) {
        collected.write(part);
      } else {
        write(out, part);
      }
    }
    write(out, collects ? join(collected.toByteArray(), part) : part);
    return answer.isChunked();
  }

  private void passBothWays(Socket there, InputStream from, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    Thread.startVirtualThread(
        () -> {
          try (there) {
            in.transferTo(there.getOutputStream());
          } catch (IOException _) {
            // Either side has closed the connection.
          }
        });
    for (byte[] part = part(from, false); part.length > 0; part = part(from, false)) {
      write(out, part);
    }
  }

  /// One chunk with its frame, or what has arrived; empty at the end of an answer without chunks.
  private static byte[] part(InputStream from, boolean chunked) throws IOException {
    if (!chunked) {
      byte[] arrived = new byte[8192];
      int length = from.read(arrived);
      return length < 0 ? new byte[0] : Arrays.copyOf(arrived, length);
    }
    String size = line(from);
    int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
    byte[] frame = (size + "\r\n").getBytes(StandardCharsets.US_ASCII);
    return join(frame, from.readNBytes(length + 2));
  }

  private static boolean isLast(byte[] part, boolean chunked) {
    return chunked ? part[0] == '0' : part.length == 0;
  }

  private void write(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
    if (behaviour == Behaviour.DELAYS_WRITES) {
      Thread.sleep(DELAY);
    }
    out.write(bytes);
  }

  private static byte[] join(byte[] first, byte[] second) {
    var both = new ByteArrayOutputStream(first.length + second.length);
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket one : open) {
      one.close();
    }
  }
}
