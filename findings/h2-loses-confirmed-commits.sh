#!/bin/sh
# H2 2.5.252 confirms a commit that its file does not contain yet.
#
# One connection to a database in a file, with WRITE_DELAY=0, updates one row, commits, runs "checkpoint sync", copies the
# file and opens the copy. With H2 2.4.240 every copy has the commit. With 2.5.252 the copy has the commit before it, from
# the moment at which the file begins to reuse its space: 45 s after its creation, which is the default RETENTION_TIME, or at
# once where that is 0. Nothing fails and nothing is logged. What such a copy lacks, the next start lacks after `kill -9`: H2
# finds its last chunk by the header of the file, and 2.5.252 writes the header before that chunk is the last one.
#
# Who should care: everybody who relies on a commit of H2 2.5.252 in a file, or copies such a file.
#
# Needs a JDK 17 or newer and Maven; takes a minute and a half. Exits with 0 if it is still so.
set -eu

folder=$(mktemp -d)
slow=
trap 'kill $slow 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

cat >"$folder/Copies.java" <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Copies {

  public static void main(String... args) throws Exception {
    Path folder = Path.of(args[0]);
    String settings = ";WRITE_DELAY=0" + args[1];
    long end = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000_000L;
    long start = System.nanoTime();
    int lacking = 0;
    int last = 0;
    String first = "";
    try (Connection connection = open(folder.resolve("db"), settings);
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (v int)");
      statement.execute("insert into t values (0)");
      while (System.nanoTime() < end) {
        last++;
        statement.execute("update t set v = " + last);
        statement.execute("checkpoint sync");
        Files.copy(
            folder.resolve("db.mv.db"),
            folder.resolve("copy.mv.db"),
            StandardCopyOption.REPLACE_EXISTING);
        if (valueIn(folder.resolve("copy"), settings) < last) {
          lacking++;
          if (first.isEmpty()) {
            first = ", the first after %d s".formatted((System.nanoTime() - start) / 1_000_000_000);
          }
        }
        Thread.sleep(50);
      }
      System.out.printf(
          "H2 %s, %s: %d of %d copies lack the last commit%s%n",
          connection.getMetaData().getDatabaseProductVersion(),
          args[1].isEmpty() ? "default retention" : args[1].substring(1),
          lacking,
          last,
          first);
    }
  }

  private static Connection open(Path file, String settings) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + file + settings);
  }

  private static int valueIn(Path file, String settings) throws SQLException {
    try (Connection connection = open(file, settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select v from t")) {
      return rows.next() ? rows.getInt(1) : -1;
    }
  }
}
JAVA

probe() {
  mkdir -p "$folder/$1-$3"
  java -cp "$folder/h2-$1.jar" "$folder/Copies.java" "$folder/$1-$3" "$2" "$3"
}

for version in 2.4.240 2.5.252; do
  mvn -B -q -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact=com.h2database:h2:$version -DoutputDirectory="$folder"
done
probe 2.5.252 "" 60 >"$folder/slow" &
slow=$!
probe 2.4.240 ";RETENTION_TIME=0" 5 | tee "$folder/sound"
probe 2.5.252 ";RETENTION_TIME=0" 5 | tee "$folder/lossy"
probe 2.4.240 "" 50
wait $slow
cat "$folder/slow"

if ! grep -q ': 0 of ' "$folder/sound" || grep -q ': 0 of ' "$folder/lossy" "$folder/slow"; then
  echo "this is no longer so" >&2
  exit 1
fi
