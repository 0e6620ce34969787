package pushlab.bench.road.proxy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import pushlab.bench.host.ForeignServer;

/// Where one proxy runs.
///
/// @param program the file that is run
/// @param folder for all its files
/// @param form how it is set up
/// @param origin the server behind it
/// @param port of the listener for HTTP/1.1
/// @param http2 the port of the listener for clear-text HTTP/2 with prior knowledge
/// @param compressed the port of the listener that compresses event streams
record Site(
    Path program,
    Path folder,
    Form form,
    InetSocketAddress origin,
    int port,
    int http2,
    int compressed) {

  /// All listeners are on this address.
  static final String HOST = "127.0.0.1";

  boolean isRemedied() {
    return form == Form.REMEDIED;
  }

  /// `remedies` if the form has them, or else nothing.
  String remedied(String remedies) {
    return isRemedied() ? remedies : "";
  }

  /// The origin as `HOST:PORT`.
  String originAuthority() {
    return originHost() + ":" + origin.getPort();
  }

  /// The address of the origin.
  String originHost() {
    return origin.getAddress().getHostAddress();
  }

  /// A file in the folder.
  Path file(String name) {
    return folder.resolve(name);
  }

  /// The file for messages, beside the output.
  Path log() {
    return ForeignServer.log(folder);
  }
}
