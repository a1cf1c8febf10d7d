package org.lanewise.engine.loop;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.simd.Combination;
import org.lanewise.engine.simd.LaneFunction;
import org.lanewise.engine.simd.LaneFunctions;
import org.lanewise.engine.simd.Lanes;

/**
 * The second tier: writes the code as one loop in bytecode, every value a vector in a local
 * variable, and loads it as a hidden class.
 *
 * <p>The methods of the class, for rows r and columns i:
 *
 * <pre>
 * run:  for each row: repeated inputs → vectors; for each whole vector of columns: the body;
 *       tail, if columns are left, or edge in the last row; results of accumulations along the row
 * tail: the body once, with whole vectors: what lies beyond the columns, the start of the next row,
 *       is loaded, not used, and stored as it was
 * edge: the body once, masked
 * </pre>
 *
 * <p>Each is a method of its own, because the compiler stops inlining when a method has grown too
 * large. Masked loads and stores are many instructions on some machines, hence the tail. The
 * functions of the instructions are constants of the class, which the compiler inlines.
 */
final class LoopAssembler {
  private static final ClassDesc CD_BODY = describe(LoopBody.class);
  private static final ClassDesc CD_COMBINATION = describe(Combination.class);
  private static final ClassDesc CD_VECTOR = describe(FloatVector.class);
  private static final ClassDesc CD_SPECIES = describe(VectorSpecies.class);
  private static final ClassDesc CD_MASK = describe(VectorMask.class);
  private static final ClassDesc CD_FUNCTION = describe(LaneFunction.class);
  private static final ClassDesc CD_FLOATS = CD_float.arrayType();
  private static final ClassDesc CD_INTS = CD_int.arrayType();
  private static final ClassDesc CD_LANES = describe(Lanes.class);

  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_FLOATS.arrayType(), CD_INTS, CD_INTS, CD_int, CD_int, CD_FLOATS);
  private static final MethodTypeDesc TAIL =
      MethodTypeDesc.of(
          CD_void, CD_FLOATS.arrayType(), CD_INTS, CD_INTS, CD_int, CD_int, CD_int, CD_FLOATS);
  private static final MethodTypeDesc START = MethodTypeDesc.of(CD_void, CD_FLOATS, CD_int);
  private static final MethodTypeDesc FINISH =
      MethodTypeDesc.of(CD_float, CD_FLOATS, CD_int, CD_int);
  private static final MethodTypeDesc APPLY =
      MethodTypeDesc.of(CD_VECTOR, CD_VECTOR, CD_VECTOR, CD_VECTOR);

  private static final MethodTypeDesc LOAD =
      MethodTypeDesc.of(CD_VECTOR, CD_SPECIES, CD_FLOATS, CD_int);
  private static final MethodTypeDesc LOAD_MASKED =
      MethodTypeDesc.of(CD_VECTOR, CD_SPECIES, CD_FLOATS, CD_int, CD_MASK);
  private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, CD_FLOATS, CD_int);
  private static final MethodTypeDesc STORE_MASKED =
      MethodTypeDesc.of(CD_void, CD_FLOATS, CD_int, CD_MASK);
  private static final MethodTypeDesc BLEND =
      MethodTypeDesc.of(CD_VECTOR, describe(Vector.class), CD_MASK);

  private static final DirectMethodHandleDesc CLASS_DATA_AT =
      ConstantDescs.ofConstantBootstrap(
          describe(MethodHandles.class), "classDataAt", ConstantDescs.CD_Object, CD_int);

  private final ClassDesc self =
      ClassDesc.of(LoopAssembler.class.getPackageName(), "AssembledLoop");
  private final LoopCode code;

  /** The class data: the functions of the instructions, then those of the accumulations. */
  private final List<LaneFunction> functions = new ArrayList<>();

  private LoopAssembler(LoopCode code) {
    this.code = code;
    for (Instruction instruction : code.instructions()) {
      functions.add(LaneFunctions.of(instruction.operation()));
    }
    for (Accumulation accumulation : code.accumulations()) {
      functions.add(LaneFunctions.of(Combination.of(accumulation.kind()).operation()));
    }
  }

  /**
   * A loop of its own for a code.
   *
   * @throws IllegalStateException if no class can be defined at run time here
   */
  static LoopBody assemble(LoopCode code) {
    LoopAssembler assembler = new LoopAssembler(code);
    try {
      MethodHandles.Lookup defined =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(assembler.bytes(), assembler.functions, true);
      return (LoopBody)
          defined
              .findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot define the class of a fused loop", e);
    }
  }

  private byte[] bytes() {
    return ClassFile.of()
        .build(
            self,
            type ->
                type.withFlags(ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(CD_BODY)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        b ->
                            b.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, this::run)
                    .withMethodBody(
                        "tail",
                        TAIL,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                        b -> tail(b, Part.TAIL))
                    .withMethodBody(
                        "edge",
                        TAIL,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                        b -> tail(b, Part.EDGE)));
  }

  private void run(CodeBuilder b) {
    Places places = new Places(b, 1, code.places());
    int rows = b.parameterSlot(3);
    int columns = b.parameterSlot(4);
    int partials = b.parameterSlot(5);
    int row = b.allocateLocal(TypeKind.INT);
    int whole = b.allocateLocal(TypeKind.INT);
    int i = b.allocateLocal(TypeKind.INT);
    int[] vectors = new int[code.values()];
    for (int value = 0; value < vectors.length; value++) {
      vectors[value] = b.allocateLocal(TypeKind.REFERENCE);
    }
    places.load();
    b.iload(columns).loadConstant(-Lanes.COUNT).iand().istore(whole);
    loop(
        b,
        row,
        limit -> b.iload(rows),
        1,
        () -> {
          repeated(b, places, vectors);
          startRow(b, partials);
          loop(
              b,
              i,
              limit -> b.iload(whole),
              Lanes.COUNT,
              () -> body(b, places, vectors, i, Part.WHOLE, -1, partials));
          Label noTail = b.newLabel();
          Label last = b.newLabel();
          b.iload(whole).iload(columns).if_icmpge(noTail);
          b.aload(b.parameterSlot(0)).aload(b.parameterSlot(1)).aload(b.parameterSlot(2));
          b.iload(row).iload(whole).iload(columns).aload(partials);
          b.iload(row).iload(rows).iconst_1().isub().if_icmpge(last);
          b.invokestatic(self, "tail", TAIL).goto_(noTail).labelBinding(last);
          b.invokestatic(self, "edge", TAIL).labelBinding(noTail);
          finishRow(b, places, columns, partials);
          places.step(b.parameterSlot(2));
        });
    b.return_();
  }

  private void tail(CodeBuilder b, Part part) {
    Places places = new Places(b, 0, code.places());
    int row = b.parameterSlot(3);
    int whole = b.parameterSlot(4);
    int columns = b.parameterSlot(5);
    int partials = b.parameterSlot(6);
    int mask = b.allocateLocal(TypeKind.REFERENCE);
    int[] vectors = new int[code.values()];
    for (int value = 0; value < vectors.length; value++) {
      vectors[value] = b.allocateLocal(TypeKind.REFERENCE);
    }
    places.load();
    places.move(b.parameterSlot(2), row);
    if (part == Part.TAIL) {
      // The next row has to be one of this rectangle, and whole vectors have to lie in the arrays.
      Label inside = b.newLabel();
      Label atEdge = b.newLabel();
      for (int output = 0; output < code.outputs().size(); output++) {
        int place = code.outputPlace(output);
        b.aload(b.parameterSlot(2)).loadConstant(place).iaload().iload(columns).if_icmpne(atEdge);
      }
      for (int place : alongRows()) {
        b.iload(places.starts[place]).iload(whole).iadd().loadConstant(Lanes.COUNT).iadd();
        b.aload(places.arrays[place]).arraylength().if_icmpgt(atEdge);
      }
      b.goto_(inside).labelBinding(atEdge);
      b.aload(b.parameterSlot(0)).aload(b.parameterSlot(1)).aload(b.parameterSlot(2));
      b.iload(row).iload(whole).iload(columns).aload(partials).invokestatic(self, "edge", TAIL);
      b.return_().labelBinding(inside);
    }
    species(b).iload(whole).iload(columns);
    b.invokeinterface(CD_SPECIES, "indexInRange", MethodTypeDesc.of(CD_MASK, CD_int, CD_int))
        .astore(mask);
    repeated(b, places, vectors);
    body(b, places, vectors, whole, part, mask, partials);
    b.return_();
  }

  /** The inputs and outputs that have an element for each column. */
  private List<Integer> alongRows() {
    List<Integer> places = new ArrayList<>();
    for (int input = 0; input < code.inputs().size(); input++) {
      if (code.inputs().get(input) == Access.ALONG) {
        places.add(input);
      }
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      places.add(code.outputPlace(output));
    }
    return places;
  }

  /** {@code for (variable = 0; variable < limit; variable += step) body}. */
  private static void loop(
      CodeBuilder b, int variable, IntConsumer limit, int step, Runnable body) {
    Label top = b.newLabel();
    Label end = b.newLabel();
    b.iconst_0().istore(variable).labelBinding(top).iload(variable);
    limit.accept(variable);
    b.if_icmpge(end);
    body.run();
    b.iinc(variable, step).goto_(top).labelBinding(end);
  }

  private void repeated(CodeBuilder b, Places places, int[] vectors) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (code.inputs().get(input) == Access.REPEATED) {
        species(b).aload(places.arrays[input]).iload(places.starts[input]).faload();
        b.invokestatic(CD_VECTOR, "broadcast", MethodTypeDesc.of(CD_VECTOR, CD_SPECIES, CD_float))
            .astore(vectors[input]);
      }
    }
  }

  /** Which columns of a row the body is for. */
  private enum Part {
    /** Those that fill vectors. */
    WHOLE,
    /** The rest, and the start of the next row. */
    TAIL,
    /** The rest alone. */
    EDGE
  }

  /** One vector of each value. */
  private void body(
      CodeBuilder b, Places places, int[] vectors, int i, Part part, int mask, int partials) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (code.inputs().get(input) == Access.ALONG) {
        species(b);
        address(b, places, input, i);
        if (part == Part.EDGE) {
          b.aload(mask).invokestatic(CD_VECTOR, "fromArray", LOAD_MASKED);
        } else {
          b.invokestatic(CD_VECTOR, "fromArray", LOAD);
        }
        b.astore(vectors[input]);
      }
    }
    for (int n = 0; n < code.instructions().size(); n++) {
      List<Integer> operands = code.instructions().get(n).operands();
      function(b, n);
      for (int operand = 0; operand < 3; operand++) {
        b.aload(vectors[operands.get(Math.min(operand, operands.size() - 1))]);
      }
      b.invokeinterface(CD_FUNCTION, "apply", APPLY).astore(vectors[code.inputs().size() + n]);
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      store(b, places, output, vectors[code.outputs().get(output)], i, part, mask);
    }
    for (int n = 0; n < code.accumulations().size(); n++) {
      accumulate(b, places, n, vectors, i, part, mask, partials);
    }
  }

  /** Stores a vector to an output. */
  private void store(
      CodeBuilder b, Places places, int output, int vector, int i, Part part, int mask) {
    int place = code.outputPlace(output);
    switch (part) {
      case WHOLE -> {
        b.aload(vector);
        address(b, places, place, i);
        b.invokevirtual(CD_VECTOR, "intoArray", STORE);
      }
      case TAIL -> {
        species(b);
        address(b, places, place, i);
        b.invokestatic(CD_VECTOR, "fromArray", LOAD);
        b.aload(vector).aload(mask).invokevirtual(CD_VECTOR, "blend", BLEND);
        address(b, places, place, i);
        b.invokevirtual(CD_VECTOR, "intoArray", STORE);
      }
      case EDGE -> {
        b.aload(vector);
        address(b, places, place, i);
        b.aload(mask).invokevirtual(CD_VECTOR, "intoArray", STORE_MASKED);
      }
    }
  }

  /** Lets an accumulation take in a vector; along columns, lanes beyond the columns are scratch. */
  private void accumulate(
      CodeBuilder b,
      Places places,
      int n,
      int[] vectors,
      int i,
      Part part,
      int mask,
      int partials) {
    Accumulation accumulation = code.accumulations().get(n);
    int vector = vectors[accumulation.value()];
    boolean alongRows = accumulation.direction() == Direction.ALONG_ROWS;
    Runnable address =
        alongRows
            ? () ->
                b.aload(partials)
                    .iload(i)
                    .loadConstant(Combination.PARTIALS - 1)
                    .iand()
                    .loadConstant(n * Combination.PARTIALS)
                    .iadd()
            : () -> address(b, places, code.accumulationPlace(n), i);
    boolean blended = alongRows && part != Part.WHOLE;
    if (blended) {
      species(b);
      address.run();
      b.invokestatic(CD_VECTOR, "fromArray", LOAD);
    }
    function(b, code.instructions().size() + n);
    species(b);
    address.run();
    b.invokestatic(CD_VECTOR, "fromArray", LOAD).aload(vector).aload(vector);
    b.invokeinterface(CD_FUNCTION, "apply", APPLY);
    if (blended) {
      b.aload(mask).invokevirtual(CD_VECTOR, "blend", BLEND);
    }
    address.run();
    b.invokevirtual(CD_VECTOR, "intoArray", STORE);
  }

  private static void address(CodeBuilder b, Places places, int place, int i) {
    b.aload(places.arrays[place]).iload(places.starts[place]).iload(i).iadd();
  }

  private static CodeBuilder species(CodeBuilder b) {
    return b.getstatic(CD_LANES, "FLOATS", CD_SPECIES);
  }

  private static void function(CodeBuilder b, int n) {
    b.loadConstant(
        DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, CD_FUNCTION, n));
  }

  private void startRow(CodeBuilder b, int partials) {
    for (int n = 0; n < code.accumulations().size(); n++) {
      Accumulation accumulation = code.accumulations().get(n);
      if (accumulation.direction() == Direction.ALONG_ROWS) {
        combination(b, accumulation).aload(partials).loadConstant(n);
        b.invokevirtual(CD_COMBINATION, "start", START);
      }
    }
  }

  private void finishRow(CodeBuilder b, Places places, int columns, int partials) {
    for (int n = 0; n < code.accumulations().size(); n++) {
      Accumulation accumulation = code.accumulations().get(n);
      if (accumulation.direction() == Direction.ALONG_ROWS) {
        int place = code.accumulationPlace(n);
        b.aload(places.arrays[place]).iload(places.starts[place]);
        combination(b, accumulation).aload(partials).loadConstant(n).iload(columns);
        b.invokevirtual(CD_COMBINATION, "finish", FINISH).fastore();
      }
    }
  }

  private static CodeBuilder combination(CodeBuilder b, Accumulation accumulation) {
    String name = Combination.of(accumulation.kind()).name();
    return b.getstatic(CD_COMBINATION, name, CD_COMBINATION);
  }

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Local variables with the array of each place and where in it the row starts. */
  private static final class Places {
    private final CodeBuilder b;
    private final int parameters;
    private final int[] arrays;
    private final int[] starts;

    Places(CodeBuilder b, int receiver, int count) {
      this.b = b;
      this.parameters = receiver;
      arrays = new int[count];
      starts = new int[count];
    }

    /** {@code array = arrays[place]; start = starts[place]} for every place. */
    void load() {
      for (int place = 0; place < arrays.length; place++) {
        arrays[place] = b.allocateLocal(TypeKind.REFERENCE);
        starts[place] = b.allocateLocal(TypeKind.INT);
        b.aload(parameters).loadConstant(place).aaload().astore(arrays[place]);
        b.aload(parameters + 1).loadConstant(place).iaload().istore(starts[place]);
      }
    }

    /** {@code start += steps[place]} for every place. */
    void step(int steps) {
      for (int place = 0; place < arrays.length; place++) {
        b.iload(starts[place]).aload(steps).loadConstant(place).iaload().iadd();
        b.istore(starts[place]);
      }
    }

    /** {@code start += row * steps[place]} for every place. */
    void move(int steps, int row) {
      for (int place = 0; place < arrays.length; place++) {
        b.iload(starts[place]).iload(row).aload(steps).loadConstant(place).iaload().imul().iadd();
        b.istore(starts[place]);
      }
    }
  }
}
