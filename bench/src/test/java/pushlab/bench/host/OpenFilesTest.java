package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

  @Test
  void aThousandClientsNeedMoreThanAThousandFiles() {
    assertThatIOException()
        .isThrownBy(() -> new OpenFiles(1024).requireFor(1000))
        .withMessage(
            "1000 clients need 1300 open files, and a process may open 1024 here: raise the limit"
                + " (ulimit -n), or measure fewer (--clients)");
    assertThatCode(() -> new OpenFiles(1300).requireFor(1000)).doesNotThrowAnyException();
  }

  @Test
  void oneClientIsNeverTooMany() {
    assertThatCode(() -> OpenFiles.ofThisProcess().requireFor(1)).doesNotThrowAnyException();
  }
}
