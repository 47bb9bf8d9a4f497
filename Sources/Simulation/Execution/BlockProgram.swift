import Modeling
import Sampling
import VectorMath

/// A program with a column for every value: instructions over a worker's memory.
///
/// Wide columns hold a whole address block: scores of copula components and, if an execution block is smaller than an
/// address block, everything that is produced or consumed once per address block. Narrow columns are the registers,
/// reused after their last reader.
struct BlockProgram {
  /// Draws per execution block.
  let executionBlock: Int
  /// Instructions that run once per address block, before and after the runs of the body.
  private(set) var prologue: [Instruction] = []
  private(set) var epilogue: [Instruction] = []
  /// Instructions that run once per execution block.
  private(set) var body: [Instruction] = []
  /// Columns of instructions with a list of operands.
  private(set) var operands: [Int32] = []
  /// Pair copulas of instructions.
  private(set) var conditionals: [ConditionalQuantile] = []
  /// Weights of weighted sums.
  private(set) var weights: [Double] = []
  /// Constants that need columns.
  private(set) var constants: [(column: Int32, number: Double)] = []
  private(set) var wideCount = 0
  /// The number of registers.
  private(set) var narrowCount = 0
  /// The maximum number of columns in an instruction's list.
  private(set) var longestList = 0
  /// The first wide column of each component.
  private(set) var firstColumnOfComponent: [Int: Int32] = [:]

  /// Columns whose size is a power of two would share a few cache sets; the 24 additional doubles reduce the time to a
  /// quarter (measured on Zen 3: 4.0 against 16.7 ns for a small model).
  private static let padding = 24
  /// The stride of wide columns in doubles.
  static let wideStride = AddressBlock.draws + padding
  /// The stride of narrow columns in doubles.
  var narrowStride: Int { (executionBlock + 7) / 8 * 8 + Self.padding }

  private var columnOf: [ValueID: Int32] = [:]

  /// Generates a program.
  init(_ schedule: Schedule, graph: Graph, components: [CopulaComponent], executionBlock: Int) {
    self.executionBlock = executionBlock
    let isWhole = executionBlock == AddressBlock.draws
    for component in schedule.components {
      firstColumnOfComponent[component] = Int32(wideCount)
      wideCount += components[component].coordinates.count
      var instruction = Instruction(.scores)
      instruction.index = Int32(component)
      instruction.out = firstColumnOfComponent[component] ?? 0
      prologue.append(instruction)
    }
    var registers = Registers(schedule, reuses: graph.rules.contains(.registers))
    for (value, number) in schedule.constants {
      let column = registers.take()
      columnOf[value] = column
      constants.append((column, number))
    }
    for (number, step) in schedule.steps.enumerated() {
      switch step.node {
      case .score(let component, let row):
        columnOf[step.value] = (firstColumnOfComponent[component] ?? 0) + Int32(row)
      case .uniform(let coordinate):
        var instruction = Instruction(.uniform)
        instruction.index = Int32(coordinate.position)
        instruction.out = isWhole ? registers.take() : takeWide()
        columnOf[step.value] = instruction.out
        if isWhole { body.append(instruction) } else { prologue.append(instruction) }
      default:
        var dying: [Int32] = []
        step.node.forEachOperand { operand in
          guard let column = columnOf[operand], registers.isDead(operand, after: number) else { return }
          if !dying.contains(column) { dying.append(column) }
        }
        // The table's input is read again, at the same position, for draws that the table does not cover.
        // A loop reads its operands again for each of the draws that it takes at a time.
        let isInPlace =
          switch step.node {
          case .quantileTable, .scoreTable, .loop: false
          default: true
          }
        var instruction = instruction(for: step.node, graph)
        if isInPlace { registers.release(dying) }
        instruction.out = registers.take()
        if !isInPlace { registers.release(dying) }
        columnOf[step.value] = instruction.out
        body.append(instruction)
      }
      for sink in step.sinks { feed(sink, from: columnOf[step.value] ?? 0, isWhole) }
      if registers.isDead(step.value, after: nil), let column = columnOf[step.value] { registers.release([column]) }
    }
    narrowCount = registers.count
    settle()
  }

  private mutating func takeWide() -> Int32 {
    wideCount += 1
    return Int32(wideCount - 1)
  }

  private mutating func feed(_ sink: Sink, from column: Int32, _ isWhole: Bool) {
    var instruction: Instruction
    switch sink {
    case .summary(let slot):
      instruction = Instruction(.summary)
      instruction.index = Int32(slot)
    case .ratio(let slot):
      instruction = Instruction(.ratio)
      instruction.index = Int32(slot)
    case .positive(let slot):
      instruction = Instruction(.positive)
      instruction.index = Int32(slot)
    case .moments(let slot):
      instruction = Instruction(.moments)
      instruction.index = Int32(slot)
    case .keep(let slot):
      instruction = Instruction(.keep)
      instruction.index = Int32(slot)
    }
    instruction.a = column
    if isWhole {
      body.append(instruction)
    } else {
      if column >= Registers.base {
        var copy = Instruction(.copy)
        copy.a = column
        copy.out = takeWide()
        body.append(copy)
        instruction.a = copy.out
      }
      epilogue.append(instruction)
    }
  }

  private func column(_ value: ValueID) -> Int32 { columnOf[value] ?? -1 }

  private mutating func list(_ first: [ValueID], _ second: [ValueID], in instruction: inout Instruction) {
    instruction.list = Int32(operands.count)
    instruction.count = Int32(first.count)
    instruction.secondCount = Int32(second.count)
    operands += first.map(column)
    operands += second.map(column)
    longestList = max(longestList, first.count + second.count)
  }

  /// The instruction that computes a node's column.
  private mutating func instruction(for node: GraphNode, _ graph: Graph) -> Instruction {
    var made: Instruction
    switch node {
    case .constant, .uniform, .score: preconditionFailure("Constants and coordinates are not instructions.")
    case .unary(let operation, let a):
      made = Instruction(.unary)
      made.unary = operation
      made.a = column(a)
    case .binary(let operation, let a, let b):
      made = binary(operation, a, b, graph)
    case .wholePower(let a, let exponent):
      made = Instruction(.wholePower)
      made.a = column(a)
      made.index = exponent
    case .product(let scale, let numerators, let denominators):
      made = product(Double(bitPattern: scale), numerators, denominators)
    case .linear(let shift, let weights, let terms):
      made = linear(Double(bitPattern: shift), weights.map { Double(bitPattern: $0) }, terms)
    case .dot(let shift, let weights, let left, let right):
      made = Instruction(.dot)
      made.weights = Int32(self.weights.count)
      self.weights += weights.map { Double(bitPattern: $0) }
      made.shift = Double(bitPattern: shift)
      list(left, right, in: &made)
    case .select(let condition, let then, let otherwise):
      made = Instruction(.select)
      (made.a, made.b, made.c) = (column(condition), column(then), column(otherwise))
    case .quantileTable(let table, let a):
      made = Instruction(.quantileTable)
      made.index = Int32(table)
      made.a = column(a)
    case .scoreTable(let table, let a):
      made = Instruction(.scoreTable)
      made.index = Int32(table)
      made.a = column(a)
    case .steps(let steps, let a):
      made = Instruction(.steps)
      made.index = Int32(steps)
      made.a = column(a)
    case .conditional(let copula, let given, let own):
      made = Instruction(.conditional)
      made.index = Int32(conditionals.count)
      conditionals.append(copula)
      (made.a, made.b) = (column(given), column(own))
    case .varyingDistribution(let distribution, let arguments):
      made = Instruction(.varyingDistribution)
      made.index = Int32(distribution)
      list(arguments, [], in: &made)
    case .call(let function, let arguments):
      made = Instruction(.call)
      made.index = Int32(function)
      list(arguments, [], in: &made)
    case .loop(let loop, let cells):
      made = Instruction(.loop)
      made.index = Int32(loop)
      list(cells, [], in: &made)
    }
    return made
  }

  private func binary(_ operation: BinaryOperation, _ a: ValueID, _ b: ValueID, _ graph: Graph) -> Instruction {
    var made: Instruction
    if let number = graph.constant(b) {
      made = Instruction(.binaryScalar)
      (made.a, made.scalar) = (column(a), number)
    } else if let number = graph.constant(a) {
      made = Instruction(.scalarBinary)
      (made.scalar, made.b) = (number, column(b))
    } else {
      made = Instruction(.binary)
      (made.a, made.b) = (column(a), column(b))
    }
    made.binary = operation
    return made
  }

  private mutating func product(_ scale: Double, _ numerators: [ValueID], _ denominators: [ValueID]) -> Instruction {
    var made: Instruction
    switch (numerators.count, denominators.count) {
    case (1, 0):
      made = Instruction(.binaryScalar)
      made.binary = .multiply
      (made.a, made.scalar) = (column(numerators[0]), scale)
    case (0, 1):
      made = Instruction(.scalarBinary)
      made.binary = .divide
      (made.scalar, made.b) = (scale, column(denominators[0]))
    case (2, 0) where scale == 1, (1, 1) where scale == 1:
      made = Instruction(.binary)
      made.binary = denominators.isEmpty ? .multiply : .divide
      (made.a, made.b) = (column(numerators[0]), column(denominators.first ?? numerators[1]))
    default:
      made = Instruction(.product)
      made.scalar = scale
      list(numerators, denominators, in: &made)
    }
    return made
  }

  private mutating func linear(_ shift: Double, _ weights: [Double], _ terms: [ValueID]) -> Instruction {
    var made: Instruction
    if terms.count == 1 {
      made = Instruction(.affine)
      (made.a, made.scalar, made.shift) = (column(terms[0]), weights[0], shift)
    } else if terms.count == 2, shift == 0, weights == [1, 1] || weights == [1, -1] {
      made = Instruction(.binary)
      made.binary = weights[1] == 1 ? .add : .subtract
      (made.a, made.b) = (column(terms[0]), column(terms[1]))
    } else {
      let isPlain = weights.allSatisfy { $0 == 1 }
      made = Instruction(isPlain ? .sum : .weightedSum)
      made.shift = shift
      if !isPlain {
        made.weights = Int32(self.weights.count)
        self.weights += weights
      }
      list(terms, [], in: &made)
    }
    return made
  }

  /// Numbers the narrow columns after the wide ones.
  private mutating func settle() {
    func settled(_ column: Int32) -> Int32 {
      column >= Registers.base ? column - Registers.base + Int32(wideCount) : column
    }
    func settle(_ instructions: inout [Instruction]) {
      for k in instructions.indices {
        instructions[k].out = settled(instructions[k].out)
        instructions[k].a = settled(instructions[k].a)
        instructions[k].b = settled(instructions[k].b)
        instructions[k].c = settled(instructions[k].c)
      }
    }
    settle(&prologue)
    settle(&body)
    settle(&epilogue)
    operands = operands.map(settled)
    constants = constants.map { (settled($0.column), $0.number) }
    columnOf = [:]
  }
}
