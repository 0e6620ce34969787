package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules for how status and version are written.
final class TextRules {

  private static final String ANY_CHARACTERS = "失敗 — ελληνικά 🚦 \"'\\ <b>&amp;";

  private final CheckedServer server;
  private final CheckOptions options;
  private final Limits limits;

  TextRules(CheckedServer server, CheckOptions options, Limits limits) {
    this.server = server;
    this.options = options;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "Text",
        List.of(
            new Rule(
                "UTF-8",
                REQUIRED,
                "a status with accents arrives unchanged",
                "the page shows TerminÃ©e or Termin?e; the server must read and write UTF-8",
                Source.STATUSES,
                this::keepsAccents),
            new Rule(
                "any character",
                RECOMMENDED,
                "a status in any script, with emoji and quotes, arrives unchanged",
                "some texts break the page or the JSON around them; a JSON library escapes them",
                Source.standard("RFC 8259, 7 and 8.1", "JSON is UTF-8, and quotes are escaped"),
                this::keepsEveryCharacter),
            new Rule(
                "JSON and its charset",
                RECOMMENDED,
                "the answer's Content-Type is application/json, without a charset or with utf-8",
                "a client that uses it decodes the text wrongly, or does not parse it as JSON",
                Source.standard(
                    "RFC 8259, 8.1 and 11", "the type of JSON is application/json, in UTF-8"),
                this::namesItsType),
            new Rule(
                "the version is a number",
                RECOMMENDED,
                "the version is a number in JSON, not text",
                "a client that compares texts puts \"10\" before \"9\"",
                Source.VERSION,
                this::writesTheVersionAsNumber)));
  }

  private void keepsAccents() throws Broken, Skipped, IOException, InterruptedException {
    List<String> accented =
        options.statuses.stream().filter(status -> !status.matches("\\p{ASCII}*")).toList();
    if (accented.isEmpty()) {
      throw new Skipped("no status of --statuses has an accent");
    }
    for (String status : accented) {
      expectRead(status, server.update(status).status());
    }
  }

  private void keepsEveryCharacter() throws Broken, Skipped, IOException, InterruptedException {
    HttpAnswer answer = server.startUpdate(ANY_CHARACTERS).within(limits.atOnce());
    if (answer.isRefusal()) {
      throw new Skipped("the server accepts certain statuses only: it answered " + answer);
    }
    Broken.unless(answer.code() < 400, "it answered %s".formatted(answer));
    expectRead(ANY_CHARACTERS, server.current().status());
  }

  private static void expectRead(String sent, String read) throws Broken {
    Broken.unless(read.equals(sent), "'%s' came back as '%s'".formatted(sent, read));
  }

  private void namesItsType() throws Broken, IOException, InterruptedException {
    HttpAnswer answer = server.firstPoll().within(limits.atOnce());
    String type = answer.header("Content-Type").orElse("none").toLowerCase(Locale.ROOT);
    Broken.unless(
        type.matches("application/([a-z.-]+\\+)?json(\\s*;\\s*charset=\"?utf-8\"?)?"),
        "its Content-Type is %s".formatted(type));
  }

  private void writesTheVersionAsNumber() throws Broken, IOException, InterruptedException {
    JsonNode version = server.version(server.firstPoll().within(limits.atOnce()).body());
    Broken.unless(version.isNumber(), "the version is %s".formatted(version));
  }
}
