package pushlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pushlab.report.result.BrokenResultException;

/// One simulation's own report, `gatling/<name>/index.html`, and the numbers of its table. Gatling
/// writes them nowhere else that can be read.
///
/// @param name the simulation's folder: the transport's id
/// @param html the report's path within the run's folder
/// @param requests the table's lines, all requests together first; empty when there is no table
public record GatlingResult(String name, String html, List<Line> requests) {

  private static final Pattern ROW = Pattern.compile("<tr\\b.*?</tr>", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile("class=\"ellipsed-name\">(.*?)</span>", Pattern.DOTALL);
  private static final Pattern VALUE =
      Pattern.compile("class=\"value (?:total|ok|ko) col-\\d+\">(.*?)</td>", Pattern.DOTALL);

  /// Counts and response times, as Gatling prints them.
  public record Line(
      String name,
      String total,
      String ok,
      String ko,
      String perSecond,
      String p50Millis,
      String p99Millis,
      String maxMillis) {}

  /// The simulations in `folder`, by name; empty when there is no such folder.
  ///
  /// @throws BrokenResultException if the folder cannot be read
  static List<GatlingResult> read(Path folder, List<BrokenResultException> broken) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var results = new ArrayList<GatlingResult>();
    try (var entries = Files.list(folder)) {
      for (Path simulation : entries.filter(Files::isDirectory).sorted().toList()) {
        Path html = simulation.resolve("index.html");
        try {
          String name = String.valueOf(simulation.getFileName());
          results.add(
              new GatlingResult(
                  name, "gatling/" + name + "/index.html", lines(Files.readString(html))));
        } catch (IOException e) {
          broken.add(new BrokenResultException(html, "Gatling's report", e));
        }
      }
    } catch (IOException e) {
      throw new BrokenResultException(folder, "a folder of Gatling's reports", e);
    }
    return results;
  }

  private static List<Line> lines(String html) {
    var lines = new ArrayList<Line>();
    Matcher row = ROW.matcher(html);
    while (row.find()) {
      Matcher name = NAME.matcher(row.group());
      List<String> value =
          VALUE.matcher(row.group()).results().map(cell -> cell.group(1).strip()).toList();
      if (name.find() && value.size() == 13) {
        lines.add(
            new Line(
                name.group(1).strip(),
                value.get(0),
                value.get(1),
                value.get(2),
                value.get(4),
                value.get(6),
                value.get(9),
                value.get(10)));
      }
    }
    return lines;
  }
}
