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
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.lanewise.engine.elementwise.LaneFunction;
import org.lanewise.engine.elementwise.LaneFunctions;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.reduction.ReductionOrder;
import org.lanewise.engine.vector.Lanes;
import org.lanewise.engine.vector.Outlining;

/**
 * Writes a code as one loop in bytecode, every value a vector in a local variable, and loads it as
 * a hidden class:
 *
 * <pre>
 * for each row: repeated inputs → vectors; for each vector of columns: the body
 * </pre>
 *
 * <p>The body calls method handles, constants of the class, through local variables that it sets
 * again in each turn. HotSpot's C2 finds out only after parsing that they never change, and it
 * inlines such late calls into far longer loops than others: see docs/decisions.md.
 */
final class LoopAssembler {
  private static final ClassDesc CD_BODY = describe(WholeVectorLoop.class);
  private static final ClassDesc CD_VECTOR = describe(FloatVector.class);
  private static final ClassDesc CD_FLOATS = CD_float.arrayType();
  private static final ClassDesc CD_INTS = CD_int.arrayType();
  private static final ClassDesc CD_LANES = describe(Lanes.class);

  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          CD_FLOATS.arrayType(),
          CD_INTS,
          CD_INTS,
          CD_int,
          CD_int,
          CD_int,
          CD_int,
          CD_FLOATS,
          CD_FLOATS);
  private static final MethodTypeDesc APPLY =
      MethodTypeDesc.of(CD_VECTOR, CD_VECTOR, CD_VECTOR, CD_VECTOR);

  private static final MethodTypeDesc LOAD = MethodTypeDesc.of(CD_VECTOR, CD_FLOATS, CD_int);
  private static final MethodTypeDesc REPEAT = MethodTypeDesc.of(CD_VECTOR, CD_float);
  private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, CD_FLOATS, CD_int);
  private static final DirectMethodHandleDesc CLASS_DATA_AT =
      ConstantDescs.ofConstantBootstrap(
          describe(MethodHandles.class), "classDataAt", ConstantDescs.CD_Object, CD_int);

  private static final MethodHandle LOAD_HANDLE;
  private static final MethodHandle APPLY_HANDLE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LOAD_HANDLE = lookup.findStatic(Lanes.class, "load", LOAD.resolveConstantDesc(lookup));
      APPLY_HANDLE =
          lookup.findVirtual(LaneFunction.class, "apply", APPLY.resolveConstantDesc(lookup));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a lane function cannot be called", e);
    }
  }

  private final ClassDesc self =
      ClassDesc.of(LoopAssembler.class.getPackageName(), "AssembledLoop");
  private final LoopCode code;

  /** The loop that the code is a part of, and where in it each place of the code is. */
  private final LoopCode whole;

  private final int[] places;

  /** The operations of the instructions and accumulations. */
  private final List<Elementwise> operations;

  /** The class data: the method that loads a vector, and the functions of the operations. */
  private final List<MethodHandle> functions = new ArrayList<>();

  /** The local variables that hold the class data. */
  private final int[] handles;

  private LoopAssembler(LoopCode code, LoopCode whole, int[] places) {
    this.code = code;
    this.whole = whole;
    this.places = places;
    operations =
        Stream.concat(
                code.instructions().stream().map(Instruction::operation),
                code.accumulations().stream().map(LoopAssembler::combination))
            .distinct()
            .toList();
    functions.add(LOAD_HANDLE);
    operations.forEach(each -> functions.add(APPLY_HANDLE.bindTo(LaneFunctions.of(each))));
    handles = new int[functions.size()];
  }

  private static Elementwise combination(Accumulation accumulation) {
    return ReductionOrder.of(accumulation.kind()).operation();
  }

  /**
   * A loop of its own for a code.
   *
   * @throws IllegalStateException if no class can be defined at run time here
   */
  static WholeVectorLoop assemble(LoopCode code) {
    return assemble(code, code, IntStream.range(0, code.places()).toArray());
  }

  /**
   * A loop of its own for a part of a code, which is run like the whole.
   *
   * @param code the part
   * @param whole the whole
   * @param places where each place of the part is: a place of the whole, or with a number beyond
   *     those a tile
   * @throws IllegalStateException if no class can be defined at run time here
   */
  static WholeVectorLoop assemble(LoopCode code, LoopCode whole, int[] places) {
    LoopAssembler assembler = new LoopAssembler(code, whole, places);
    try {
      MethodHandles.Lookup defined =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(assembler.bytes(), assembler.functions, true);
      return (WholeVectorLoop)
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
    Places at = new Places(b);
    int rows = b.parameterSlot(4);
    int columns = b.parameterSlot(6);
    int row = b.allocateLocal(TypeKind.INT);
    int i = b.allocateLocal(TypeKind.INT);
    int[] vectors = new int[code.values()];
    for (int value = 0; value < vectors.length; value++) {
      vectors[value] = b.allocateLocal(TypeKind.REFERENCE);
    }
    at.load();
    loadHandles(b);
    loop(
        b,
        row,
        limit -> b.iload(rows),
        1,
        () -> {
          repeated(b, at, vectors);
          loop(
              b,
              i,
              limit -> b.iload(columns),
              Lanes.COUNT,
              () -> {
                body(b, at, vectors, i);
                storeHandles(b);
              });
          at.step();
        });
    b.return_();
    Outlining.end(b);
  }

  private void loadHandles(CodeBuilder b) {
    for (int n = 0; n < handles.length; n++) {
      handles[n] = b.allocateLocal(TypeKind.REFERENCE);
      b.loadConstant(
          DynamicConstantDesc.ofNamed(
              CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, n));
      b.astore(handles[n]);
    }
  }

  /** Stores each handle again in its own variable, so that the loop seems to change it. */
  private void storeHandles(CodeBuilder b) {
    for (int handle : handles) {
      b.aload(handle).astore(handle);
    }
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
  private void body(CodeBuilder b, Places at, int[] vectors, int i) {
    for (int n = 0; n < code.inputs().size(); n++) {
      int input = n;
      if (code.inputs().get(input) == Access.ALONG) {
        load(b, () -> address(b, at, input, i));
        b.astore(vectors[input]);
      }
    }
    for (int n = 0; n < code.instructions().size(); n++) {
      Instruction instruction = code.instructions().get(n);
      List<Integer> operands = instruction.operands();
      function(b, instruction.operation());
      for (int operand = 0; operand < 3; operand++) {
        b.aload(vectors[operands.get(Math.min(operand, operands.size() - 1))]);
      }
      invoke(b, APPLY);
      b.astore(vectors[code.inputs().size() + n]);
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      b.aload(vectors[code.outputs().get(output)]);
      address(b, at, code.outputPlace(output), i);
      b.invokevirtual(CD_VECTOR, "intoArray", STORE);
    }
    for (int n = 0; n < code.accumulations().size(); n++) {
      accumulate(b, at, n, vectors, i);
    }
  }

  /** Lets an accumulation take in a vector. */
  private void accumulate(CodeBuilder b, Places at, int n, int[] vectors, int i) {
    Accumulation accumulation = code.accumulations().get(n);
    int vector = vectors[accumulation.value()];
    int group = places[code.accumulationPlace(n)] - whole.accumulationPlace(0);
    Runnable address =
        switch (accumulation.direction()) {
          case ALONG_ROWS ->
              () ->
                  b.aload(b.parameterSlot(7))
                      .iload(i)
                      .loadConstant(ReductionOrder.PARTIALS - 1)
                      .iand()
                      .loadConstant(group * ReductionOrder.PARTIALS)
                      .iadd();
          case ALONG_COLUMNS -> () -> address(b, at, code.accumulationPlace(n), i);
        };
    function(b, combination(accumulation));
    load(b, address);
    b.aload(vector).aload(vector);
    invoke(b, APPLY);
    address.run();
    b.invokevirtual(CD_VECTOR, "intoArray", STORE);
  }

  private static void address(CodeBuilder b, Places places, int place, int i) {
    b.aload(places.arrays[place]).iload(places.starts[place]).iload(i).iadd();
  }

  private void load(CodeBuilder b, Runnable address) {
    b.aload(handles[0]);
    address.run();
    invoke(b, LOAD);
  }

  private void function(CodeBuilder b, Elementwise operation) {
    b.aload(handles[1 + operations.indexOf(operation)]);
  }

  private static void invoke(CodeBuilder b, MethodTypeDesc type) {
    b.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", type);
  }

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Local variables with the array of each place and where in it the row starts. */
  private final class Places {
    private final CodeBuilder b;
    private final int[] arrays = new int[places.length];
    private final int[] starts = new int[places.length];

    Places(CodeBuilder b) {
      this.b = b;
    }

    /** Whether a place moves on along a row; those that are read once a row do not. */
    private boolean isAlong(int place) {
      return place >= code.inputs().size() || code.inputs().get(place) == Access.ALONG;
    }

    private boolean isTile(int place) {
      return places[place] >= whole.places();
    }

    /** {@code array = arrays[place]; start = starts[place] + row * steps[place] + column}. */
    void load() {
      for (int place = 0; place < places.length; place++) {
        arrays[place] = b.allocateLocal(TypeKind.REFERENCE);
        starts[place] = b.allocateLocal(TypeKind.INT);
        if (isTile(place)) {
          b.aload(b.parameterSlot(8)).astore(arrays[place]);
          b.loadConstant((places[place] - whole.places()) * LoopScratch.SPACING);
        } else {
          b.aload(b.parameterSlot(0)).loadConstant(places[place]).aaload().astore(arrays[place]);
          b.aload(b.parameterSlot(1)).loadConstant(places[place]).iaload();
          b.iload(b.parameterSlot(3));
          width(place);
          b.imul().iadd();
          if (isAlong(place)) {
            b.iload(b.parameterSlot(5)).iadd();
          }
        }
        b.istore(starts[place]);
      }
    }

    /** {@code start += steps[place]} for every place. */
    void step() {
      for (int place = 0; place < places.length; place++) {
        b.iload(starts[place]);
        width(place);
        b.iadd().istore(starts[place]);
      }
    }

    /** The elements from row to row: tiles hold rows without gaps. */
    private void width(int place) {
      if (isTile(place)) {
        b.iload(b.parameterSlot(6));
      } else {
        b.aload(b.parameterSlot(2)).loadConstant(places[place]).iaload();
      }
    }
  }
}
