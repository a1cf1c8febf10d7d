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
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.simd.Combination;
import org.lanewise.engine.simd.LaneFunction;
import org.lanewise.engine.simd.LaneFunctions;
import org.lanewise.engine.simd.Lanes;
import org.lanewise.engine.simd.Outlining;

/**
 * Writes a code as one loop in bytecode, every value a vector in a local variable, and loads it as
 * a hidden class:
 *
 * <pre>
 * for each row: repeated inputs → vectors; for each vector of columns: the body
 * </pre>
 *
 * <p>The functions of the instructions are constants of the class, which the compiler inlines.
 */
final class LoopAssembler {
  private static final ClassDesc CD_BODY = describe(VectorBody.class);
  private static final ClassDesc CD_VECTOR = describe(FloatVector.class);
  private static final ClassDesc CD_FUNCTION = describe(LaneFunction.class);
  private static final ClassDesc CD_FLOATS = CD_float.arrayType();
  private static final ClassDesc CD_INTS = CD_int.arrayType();
  private static final ClassDesc CD_LANES = describe(Lanes.class);

  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_FLOATS.arrayType(), CD_INTS, CD_INTS, CD_int, CD_int, CD_FLOATS);
  private static final MethodTypeDesc APPLY =
      MethodTypeDesc.of(CD_VECTOR, CD_VECTOR, CD_VECTOR, CD_VECTOR);

  private static final MethodTypeDesc LOAD = MethodTypeDesc.of(CD_VECTOR, CD_FLOATS, CD_int);
  private static final MethodTypeDesc REPEAT = MethodTypeDesc.of(CD_VECTOR, CD_float);
  private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, CD_FLOATS, CD_int);
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
  static VectorBody assemble(LoopCode code) {
    LoopAssembler assembler = new LoopAssembler(code);
    try {
      MethodHandles.Lookup defined =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(assembler.bytes(), assembler.functions, true);
      return (VectorBody)
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
                    .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, this::run));
  }

  private void run(CodeBuilder b) {
    Places places = new Places(b, 1, code.places());
    int rows = b.parameterSlot(3);
    int columns = b.parameterSlot(4);
    int partials = b.parameterSlot(5);
    int row = b.allocateLocal(TypeKind.INT);
    int i = b.allocateLocal(TypeKind.INT);
    int[] vectors = new int[code.values()];
    for (int value = 0; value < vectors.length; value++) {
      vectors[value] = b.allocateLocal(TypeKind.REFERENCE);
    }
    Outlining.begin(b);
    places.load();
    loop(
        b,
        row,
        limit -> b.iload(rows),
        1,
        () -> {
          repeated(b, places, vectors);
          loop(
              b,
              i,
              limit -> b.iload(columns),
              Lanes.COUNT,
              () -> body(b, places, vectors, i, partials));
          places.step(b.parameterSlot(2));
        });
    b.return_();
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
        b.aload(places.arrays[input]).iload(places.starts[input]).faload();
        b.invokestatic(CD_LANES, "repeat", REPEAT).astore(vectors[input]);
      }
    }
  }

  /** One vector of each value. */
  private void body(CodeBuilder b, Places places, int[] vectors, int i, int partials) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (code.inputs().get(input) == Access.ALONG) {
        address(b, places, input, i);
        b.invokestatic(CD_LANES, "load", LOAD).astore(vectors[input]);
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
      b.aload(vectors[code.outputs().get(output)]);
      address(b, places, code.outputPlace(output), i);
      b.invokevirtual(CD_VECTOR, "intoArray", STORE);
    }
    for (int n = 0; n < code.accumulations().size(); n++) {
      accumulate(b, places, n, vectors, i, partials);
    }
  }

  /** Lets an accumulation take in a vector. */
  private void accumulate(CodeBuilder b, Places places, int n, int[] vectors, int i, int partials) {
    Accumulation accumulation = code.accumulations().get(n);
    int vector = vectors[accumulation.value()];
    Runnable address =
        switch (accumulation.direction()) {
          case ALONG_ROWS ->
              () ->
                  b.aload(partials)
                      .iload(i)
                      .loadConstant(Combination.PARTIALS - 1)
                      .iand()
                      .loadConstant(n * Combination.PARTIALS)
                      .iadd();
          case ALONG_COLUMNS -> () -> address(b, places, code.accumulationPlace(n), i);
        };
    function(b, code.instructions().size() + n);
    address.run();
    b.invokestatic(CD_LANES, "load", LOAD).aload(vector).aload(vector);
    b.invokeinterface(CD_FUNCTION, "apply", APPLY);
    address.run();
    b.invokevirtual(CD_VECTOR, "intoArray", STORE);
  }

  private static void address(CodeBuilder b, Places places, int place, int i) {
    b.aload(places.arrays[place]).iload(places.starts[place]).iload(i).iadd();
  }

  private static void function(CodeBuilder b, int n) {
    b.loadConstant(
        DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, CD_FUNCTION, n));
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

    Places(CodeBuilder b, int parameters, int count) {
      this.b = b;
      this.parameters = parameters;
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
  }
}
