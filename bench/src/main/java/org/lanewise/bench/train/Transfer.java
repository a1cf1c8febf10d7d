package org.lanewise.bench.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Split;
import org.lanewise.nn.training.Trainer;

/**
 * Transfer learning: a network learns all but the last two classes; then its hidden layers are
 * reused to learn those from a few images, first frozen and then not. For comparison the same
 * network learns them from scratch.
 */
final class Transfer {
  private static final int LAST = 2;
  private static final int FIRST = LabeledImages.CLASSES - LAST;

  private Transfer() {}

  static void run(Options options, ImageData images, int few, PrintStream out) {
    int inputs = images.train().size();
    Network source = options.architecture().network(inputs, FIRST);
    Split others = HeldBack.of(images.train().ofClasses(0, FIRST).dataSet(FIRST));
    out.println("the first " + FIRST + " classes:");
    Parameters learned =
        options
            .fitting()
            .fit(
                source,
                source.initialize(options.seed()),
                others.training(),
                others.validation(),
                out)
            .parameters();

    DataSet last = images.train().ofClasses(FIRST, LabeledImages.CLASSES).dataSet(LAST);
    if (last.size() <= few) {
      throw new InputException(
          "--transfer: expected less than " + last.size() + " images, was " + few);
    }
    DataSet train = last.slice(0, few);
    DataSet validation = last.slice(few, last.size());
    DataSet test = images.test().ofClasses(FIRST, LabeledImages.CLASSES).dataSet(LAST);
    Network target = options.architecture().network(inputs, LAST);
    List<String> names = source.names();
    List<String> lower = names.subList(0, names.size() - 1);

    out.println("the last " + LAST + " from " + few + " images, hidden layers frozen, then not:");
    Parameters reused =
        target.initialize(options.seed()).copyFrom(learned, source.upTo(lower.getLast()));
    Fitting fitting = options.fitting();
    fitting.fit(target.freeze(lower), reused, train, validation, out);
    Trainer transferred = fitting.fit(target, reused, train, validation, out);

    out.println("the last " + LAST + " from " + few + " images, from scratch:");
    Parameters fresh = target.initialize(options.seed());
    Trainer scratch =
        fitting.epochs(2 * fitting.epochs()).fit(target, fresh, train, validation, out);
    out.println(
        String.format(
            Locale.ROOT, "test accuracy from scratch: %.4f", scratch.evaluate(test).accuracy()));
    ProgressReport.testAccuracy(out, transferred.evaluate(test).accuracy());
  }
}
